use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The purposes and rules of a hospital.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// The purposes there are.
    #[serde(rename = "purpose")]
    pub purposes: Vec<Purpose>,
    /// The rules; at most one is for a role and a purpose.
    #[serde(rename = "rule")]
    pub rules: Vec<Rule>,
}

/// What data are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Purpose {
    /// Its code, of HL7 v3 `PurposeOfUse`.
    pub code: String,
    /// What people call it.
    pub title: String,
}

/// What some roles may see for some purposes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The codes of the roles.
    pub roles: Vec<String>,
    /// The codes of the purposes.
    pub purposes: Vec<String>,
    /// Why it is so, for people.
    pub because: String,
    /// The tables; `*` is all.
    pub tables: Vec<String>,
    /// If stated, only groups may be asked for, and those of fewer people than this are left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub smallest_group: Option<u32>,
    /// Whether people whose chart is restricted are there.
    #[serde(default)]
    pub restricted: Restricted,
    /// How a column is seen that is not shown as it is, by `table.column`; `*` stands for every table.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<String, Treatment>,
    /// The rows of a table that are there, as a condition in SQL.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rows: BTreeMap<String, String>,
}

/// Whether people whose chart is restricted are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Restricted {
    /// They are.
    Shown,
    /// They are, for a while, once a reason was given.
    WithReason,
    /// They are not.
    #[default]
    Hidden,
}

/// How a policy says that a column is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Treatment {
    /// As it is.
    Shown,
    /// Not at all.
    Hidden,
    /// As a name that stands for it within one purpose.
    Pseudonym,
    /// Moved by a number of days that is one person's own.
    Shifted,
    /// The year only.
    Year,
    /// The year of birth only, and those over 89 as one (45 CFR 164.514(b)(2)(i)(C)).
    BirthYear,
    /// The first three digits, where enough people live (45 CFR 164.514(b)(2)(i)(B)).
    Zip3,
}

/// How a column is seen, ready for the engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sight {
    /// As it is.
    Shown,
    /// As a name that stands for it.
    Pseudonym,
    /// Moved by days of the person's own.
    Shifted,
    /// As what this SQL makes of it.
    Instead(String),
}
