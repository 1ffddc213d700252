use std::collections::{BTreeMap, BTreeSet};

use super::rule::{Policy, Restricted, Rule, Sight, Treatment};
use super::zip::zip3;
use crate::column::{Kind, Table};

/// Years of age that are not told apart any more (45 CFR 164.514(b)(2)(i)(C): "all ages over 89").
const AGES_TOLD: i16 = 89;

/// What somebody may see of the tables, for one purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Whether rows may be seen.
    pub detail: Detail,
    /// The tables there are.
    pub tables: BTreeMap<String, TableGrant>,
    /// People of whom nothing is there, by the key of the patient.
    pub hidden_people: BTreeSet<String>,
    /// What pseudonyms and shifts are made with: one key for each purpose of a hospital.
    pub key: [u8; 32],
}

/// How close one may look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// At rows.
    Rows,
    /// At groups of at least so many people.
    Groups {
        /// The smallest number of people.
        smallest: u32,
    },
}

/// What somebody may see of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableGrant {
    /// The columns there are, and how each is seen.
    pub columns: BTreeMap<String, Sight>,
    /// The rows there are, as a condition in SQL over the columns as they are kept.
    pub rows: Option<String>,
}

/// Why nothing is granted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// There is no such purpose.
    #[error("there is no purpose '{purpose}'; there are {}", .known.join(", "))]
    NoPurpose {
        /// What was asked for.
        purpose: String,
        /// The codes of those there are.
        known: Vec<String>,
    },
    /// No rule is for the role and the purpose.
    #[error("{}", refusal(.role, .purpose, .others))]
    NoRule {
        /// The role.
        role: String,
        /// The code of the purpose.
        purpose: String,
        /// The purposes for which the role may ask.
        others: Vec<String>,
    },
}

fn refusal(role: &str, purpose: &str, others: &[String]) -> String {
    let instead = match others {
        [] => "it may ask for none; work as another role, or have an analyst change the policy".to_owned(),
        others => format!("it may ask for {}", others.join(", ")),
    };
    format!("the role {role} may not look at the tables for {purpose}: {instead}")
}

impl Policy {
    /// The purposes for which a role may ask, the usual one first.
    #[must_use]
    pub fn purposes_of(&self, role: &str) -> Vec<String> {
        let rules = self.rules.iter().filter(|rule| rule.is_for(role));
        rules.flat_map(|rule| rule.purposes.iter().cloned()).collect()
    }

    /// The rule for a role and a purpose.
    ///
    /// # Errors
    /// [`Refused`] when there is none.
    pub fn rule(&self, role: &str, purpose: &str) -> Result<&Rule, Refused> {
        if !self.purposes.iter().any(|known| known.code == purpose) {
            let known = self.purposes.iter().map(|known| known.code.clone()).collect();
            return Err(Refused::NoPurpose { purpose: purpose.to_owned(), known });
        }
        let found = self
            .rules
            .iter()
            .find(|rule| rule.is_for(role) && rule.purposes.iter().any(|one| one == purpose));
        found.ok_or_else(|| Refused::NoRule {
            role: role.to_owned(),
            purpose: purpose.to_owned(),
            others: self.purposes_of(role),
        })
    }
}

impl Rule {
    fn is_for(&self, role: &str) -> bool {
        self.roles.iter().any(|one| one == role)
    }

    /// What the rule grants of `tables`, in a hospital where it is `year`.
    #[must_use]
    pub fn grant(&self, tables: &[Table], year: i16, key: [u8; 32]) -> Grant {
        let granted = tables.iter().filter(|table| self.holds(&table.name));
        let granted = granted.map(|table| (table.name.clone(), self.of_table(table, year)));
        Grant { detail: self.detail(), tables: granted.collect(), hidden_people: BTreeSet::new(), key }
    }

    /// How close one may look.
    #[must_use]
    pub fn detail(&self) -> Detail {
        self.smallest_group.map_or(Detail::Rows, |smallest| Detail::Groups { smallest })
    }

    /// Whether people whose chart is restricted are there, for somebody who gave a reason or did not.
    #[must_use]
    pub fn shows_restricted(&self, reason_given: bool) -> bool {
        match self.restricted {
            Restricted::Shown => true,
            Restricted::WithReason => reason_given,
            Restricted::Hidden => false,
        }
    }

    /// Whether a reason opens the charts that are restricted.
    #[must_use]
    pub fn takes_reasons(&self) -> bool {
        self.restricted == Restricted::WithReason
    }

    fn holds(&self, table: &str) -> bool {
        self.tables.iter().any(|one| one == "*" || one == table)
    }

    fn of_table(&self, table: &Table, year: i16) -> TableGrant {
        let seen = table.columns.iter().filter_map(|column| {
            let sight = sight(self.treatment(&table.name, &column.name), &column.name, column.kind, year)?;
            Some((column.name.clone(), sight))
        });
        TableGrant { columns: seen.collect(), rows: self.rows.get(&table.name).cloned() }
    }

    /// How a column is seen: by its own line, by that for every table, or as it is.
    pub(super) fn treatment(&self, table: &str, column: &str) -> Treatment {
        let named = self.columns.get(&format!("{table}.{column}"));
        *named.or_else(|| self.columns.get(&format!("*.{column}"))).unwrap_or(&Treatment::Shown)
    }
}

fn sight(treatment: Treatment, column: &str, kind: Kind, year: i16) -> Option<Sight> {
    let quoted = format!("\"{}\"", column.replace('"', "\"\""));
    let first_of_year = match kind {
        Kind::Date => format!("CAST(date_trunc('year', {quoted}) AS DATE)"),
        _ => format!("date_trunc('year', {quoted})"),
    };
    match treatment {
        Treatment::Hidden => None,
        Treatment::Shown => Some(Sight::Shown),
        Treatment::Pseudonym => Some(Sight::Pseudonym),
        Treatment::Shifted => Some(Sight::Shifted),
        Treatment::Year => Some(Sight::Instead(first_of_year)),
        Treatment::BirthYear => {
            let oldest = format!("DATE '{}-01-01'", year - AGES_TOLD - 1);
            let kept = format!("CASE WHEN {first_of_year} < {oldest} THEN {oldest} ELSE {first_of_year} END");
            Some(Sight::Instead(kept))
        }
        Treatment::Zip3 => Some(Sight::Instead(zip3(&quoted))),
    }
}
