use serde::Serialize;

use super::open::Chart;
use super::person::Identity;
use crate::ehr::alike::candidates;
use crate::ehr::lookup::value_of;
use crate::fhir::FhirError;

/// Charts shown that may be of the same person.
const SHOWN_MAX: usize = 10;

/// Another chart that may be of the same person.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alike {
    /// Whose it is.
    #[serde(flatten)]
    pub identity: Identity,
    /// How like the two are, from 0 to 1.
    pub likeness: f64,
}

impl Chart<'_> {
    /// Charts in use that may be of the same person, the most like first.
    ///
    /// # Errors
    /// When the store fails.
    pub fn alike(&self) -> Result<Vec<Alike>, FhirError> {
        let now_us = self.access.virtual_us();
        let found = self.access.sandbox().view(|view| candidates(view, now_us, &self.patient))?;
        let all = found.iter().filter_map(|(score, stored)| Some((score.value, value_of(stored)?)));
        let others =
            all.map(|(likeness, patient)| Alike { identity: Identity::of(&patient, now_us), likeness });
        Ok(others.filter(|one| one.identity.id != self.id() && one.identity.active).take(SHOWN_MAX).collect())
    }
}
