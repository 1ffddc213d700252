use serde::{Deserialize, Serialize};

use super::error::{CaseworkError, name, text};

const NOTE_MAX: usize = 400;
const QUERY_MAX: usize = 2_000;
const VERSIONS_MAX: usize = 100;

/// A search that is worth making again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedHunt {
    /// Its name, small letters, digits and hyphens.
    pub name: String,
    /// The query.
    pub query: String,
    /// What it is good for.
    pub about: String,
    /// Who saved it.
    pub by: String,
    /// When, on the hospital's clock.
    pub saved_us: i64,
}

impl SavedHunt {
    /// A hunt under a name. Whether the query can be understood is for [`crate::query::parse`] to say.
    ///
    /// # Errors
    /// A name that cannot stand in an address, a query that is empty or too long.
    pub fn new(given: &str, query: &str, about: &str, by: &str, now_us: i64) -> Result<Self, CaseworkError> {
        Ok(Self {
            name: name("name", given)?,
            query: text("query", query, 1, QUERY_MAX)?,
            about: text("about", about, 0, NOTE_MAX)?,
            by: by.to_owned(),
            saved_us: now_us,
        })
    }
}

/// A rule as it was saved once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleVersion {
    /// Its number, from 1.
    pub number: usize,
    /// The Sigma rules and correlations.
    pub text: String,
    /// Why it was changed.
    pub note: String,
    /// Who saved it.
    pub by: String,
    /// When, on the hospital's clock.
    pub saved_us: i64,
}

/// A rule of one's own, with all its versions. Under the name of a rule of the pack it stands in that rule's place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptRule {
    /// Its name, small letters, digits and hyphens.
    pub name: String,
    /// Whether it watches.
    pub on: bool,
    /// The versions, oldest first; at least one.
    pub versions: Vec<RuleVersion>,
}

impl KeptRule {
    /// A rule without a version yet; it watches from its first version on.
    ///
    /// # Errors
    /// A name that cannot stand in an address.
    pub fn new(given: &str) -> Result<Self, CaseworkError> {
        Ok(Self { name: name("name", given)?, on: true, versions: Vec::new() })
    }

    /// Adds a version. Whether the rules can be run is for [`crate::detection::read`] to say.
    ///
    /// # Errors
    /// A note that is too long; too many versions.
    pub fn save(&mut self, rules: &str, note: &str, by: &str, now_us: i64) -> Result<(), CaseworkError> {
        if self.versions.len() >= VERSIONS_MAX {
            return Err(CaseworkError::Full("the rule's past", VERSIONS_MAX));
        }
        let note = text("note", note, 0, NOTE_MAX)?;
        let number = self.versions.len() + 1;
        let (text, by) = (rules.to_owned(), by.to_owned());
        self.versions.push(RuleVersion { number, text, note, by, saved_us: now_us });
        Ok(())
    }

    /// The rules as they are now.
    #[must_use]
    pub fn text(&self) -> &str {
        self.versions.last().map_or("", |version| &version.text)
    }
}
