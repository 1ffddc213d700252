use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::day;
use super::fault::{PaperFault, too_little};
use crate::breach::Law;

/// A clause that the contract with a business associate has to have.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// Its name in forms.
    pub id: String,
    /// The section that asks for it.
    pub section: String,
    /// What it has to say, in our words.
    pub asks: String,
}

/// All clauses, as a dated file has them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clauses {
    /// What the file is called.
    pub title: String,
    /// When the public text was last compared.
    #[serde(with = "day")]
    pub read: Date,
    /// The clauses, in the order of their sections.
    #[serde(rename = "clause")]
    pub clauses: Vec<Clause>,
}

impl Clauses {
    /// Reads the file.
    ///
    /// # Errors
    /// With the place in the file.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }
}

/// A contract with a business associate (164.504(e), 164.314(a)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// Who the associate is.
    pub associate: String,
    /// What they do for the hospital.
    pub service: String,
    /// Within how many calendar days after discovery they report a breach.
    pub breach_days: i32,
    /// When both signed.
    #[serde(with = "day")]
    pub signed_on: Date,
    /// The text of each clause, by its name.
    #[serde(default)]
    pub clauses: BTreeMap<String, String>,
}

impl Agreement {
    /// What it lacks.
    #[must_use]
    pub fn check(&self, known: &Clauses, today: Date, law: &Law) -> Vec<PaperFault> {
        let mut faults = Vec::new();
        for clause in &known.clauses {
            match self.clauses.get(&clause.id) {
                None => faults.push(PaperFault::new(
                    &clause.id,
                    format!("is missing: {}", clause.asks),
                    &clause.section,
                )),
                Some(text) => faults.extend(too_little(&clause.id, text, &clause.section)),
            }
        }
        for id in self.clauses.keys().filter(|id| known.clauses.iter().all(|clause| clause.id != **id)) {
            faults.push(PaperFault::new(id, "is no clause that anybody asks for", &known.title));
        }
        if !(1..=law.associate.days).contains(&self.breach_days) {
            let what = format!("a breach has to be reported within 1 to {} days", law.associate.days);
            faults.push(PaperFault::new("breach_days", what, &law.associate.section));
        }
        if self.signed_on > today {
            faults.push(PaperFault::new(
                "signed_on",
                "lies in the future: it binds nobody yet",
                "164.308(b)(3)",
            ));
        }
        faults.extend(too_little("service", &self.service, "164.504(e)(2)(i)"));
        faults
    }
}
