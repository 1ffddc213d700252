use std::fmt;

use placements::record::Deed;
use serde::{Deserialize, Serialize};
use store::records::{Person, PersonId};

use super::{RecordError, Side};
use crate::platform::Platform;
use crate::seal::Sealed;

/// What an office has to report of a person and nobody else may see. Every answer may be left out.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Particulars {
    /// The day of birth.
    pub born: String,
    /// Sex, in the person's words.
    pub sex: String,
    /// Race and ethnicity, in the person's words.
    pub ethnicity: String,
    /// Whether they served in the armed forces.
    pub veteran: String,
    /// Whether they have a disability.
    pub disability: String,
}

/// Nothing of it gets into a log by accident.
impl fmt::Debug for Particulars {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Particulars(sealed)")
    }
}

impl Particulars {
    fn check(&self) -> Result<(), RecordError> {
        if !self.born.is_empty() && crate::programme::day(&self.born).is_none() {
            return Err(RecordError::refused(
                "born",
                "write the day of birth as 2001-09-01, or leave it out",
            ));
        }
        let others = [&self.sex, &self.ethnicity, &self.veteran, &self.disability];
        if others.iter().any(|text| text.chars().count() > 200) {
            return Err(RecordError::refused("sex", "write up to 200 characters"));
        }
        Ok(())
    }
}

impl Platform {
    /// Keeps one's own particulars, sealed; left out as a whole, they are forgotten.
    ///
    /// # Errors
    /// [`RecordError::Refused`] for a day that is none.
    pub fn set_particulars(&self, person: &Person, given: &Particulars) -> Result<(), RecordError> {
        given.check()?;
        if *given == Particulars::default() {
            return Ok(self.records.particulars_remove(&person.id)?);
        }
        let text = serde_json::to_vec(given).unwrap_or_default();
        let sealed = self.seal.seal(&sealed_as(&person.id), &text)?;
        let sealed = serde_json::to_string(&sealed).unwrap_or_default();
        Ok(self.records.particulars_set(&person.id, &sealed, self.clock.now_us())?)
    }

    /// One's own particulars.
    ///
    /// # Errors
    /// From the store.
    pub fn own_particulars(&self, person: &Person) -> Result<Particulars, RecordError> {
        self.opened(&person.id)
    }

    /// The particulars of an apprentice, for the office of their employer; the look becomes an entry of the record.
    ///
    /// # Errors
    /// [`RecordError::NotYours`] for everybody else, who teaches among them.
    pub fn look_at_particulars(&self, office: &Person, id: &str) -> Result<Particulars, RecordError> {
        let one = self.apprenticeship(office, id)?;
        if !one.writes_as(Side::Office) {
            return Err(RecordError::NotYours("sealed part"));
        }
        self.write_into(office, &one, &Deed::Looked)?;
        self.opened(&one.apprentice.id)
    }

    /// Whether somebody has given any.
    pub(super) fn has_particulars(&self, person: &PersonId) -> Result<bool, RecordError> {
        Ok(self.records.particulars(person)?.is_some())
    }

    fn opened(&self, person: &PersonId) -> Result<Particulars, RecordError> {
        let Some(sealed) = self.records.particulars(person)? else { return Ok(Particulars::default()) };
        let damaged = || store::StoreError::Damaged { what: "the particulars of a person".to_owned() };
        let sealed: Sealed = serde_json::from_str(&sealed).map_err(|_| damaged())?;
        let text = self.seal.open(&sealed_as(person), &sealed)?;
        Ok(serde_json::from_slice(&text).map_err(|_| damaged())?)
    }
}

fn sealed_as(person: &PersonId) -> String {
    format!("particulars of {person}")
}
