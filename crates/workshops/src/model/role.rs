use serde::{Deserialize, Serialize};

/// Who somebody is in a workshop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Its slug.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// In whose terms it sees the hospital.
    pub discipline: Discipline,
    /// What it is there for, in a sentence that everybody reads.
    pub about: String,
    /// What it wants and what it fears: the first page of its envelope, for whoever has the role alone.
    pub brief: String,
    /// What it alone knows.
    #[serde(default, rename = "fact")]
    pub facts: Vec<Fact>,
}

/// In whose terms somebody sees the hospital.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Discipline {
    /// Patients, orders, safety.
    Clinical,
    /// Capacity, money, law, public voice.
    Administrative,
    /// Systems, messages, tickets.
    Technical,
}

/// Something that one role knows and the others do not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Its slug.
    pub id: String,
    /// What it is, as somebody would say it.
    pub says: String,
    /// Where they have it from.
    pub source: String,
    /// Whether a good decision hangs on it.
    #[serde(default)]
    pub critical: bool,
    /// The phase with which it comes into the envelope; the first, where none is named.
    #[serde(default)]
    pub from: Option<String>,
}
