use hospital::ehr::bed_state;
use serde::Serialize;
use serde_json::Value;

use super::element::id;
use super::survey::{Survey, is_in_use, label, name};
use crate::access::Access;
use crate::fhir::FhirError;

/// A ward, as the admission form offers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ward {
    /// The id of the Location.
    pub id: String,
    /// The short name on the door: `4W`.
    pub label: String,
    /// The whole name: `4 West Medicine`.
    pub name: String,
    /// Whether it is in use.
    pub open: bool,
    /// Its beds, by label.
    pub beds: Vec<Bed>,
}

/// A bed, as the admission form offers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bed {
    /// The id of the Location.
    pub id: String,
    /// The short name on the door: `4W-03`.
    pub label: String,
    /// The whole name.
    pub name: String,
    /// Whether it is in use.
    pub open: bool,
    /// What housekeeping says of it: the word of one of the bed states.
    pub state: &'static str,
    /// Whether somebody lies there now.
    pub taken: bool,
}

impl Bed {
    /// Whether somebody can be put there now.
    pub fn is_ready(&self) -> bool {
        self.open && self.state == "clean" && !self.taken
    }
}

/// The wards and beds to choose from, by label. It says nothing about any patient and is not journalled.
///
/// # Errors
/// When the store fails.
pub fn wards(access: &Access) -> Result<Vec<Ward>, FhirError> {
    let survey = Survey::take(access)?;
    let bed = |bed: &&Value| Bed {
        id: id(bed),
        label: label(bed),
        name: name(bed),
        open: is_in_use(bed),
        state: bed_state(bed).word,
        taken: survey.stays_at(&id(bed)).next().is_some(),
    };
    let ward = |(ward, beds): (&Value, Vec<&Value>)| Ward {
        id: id(ward),
        label: label(ward),
        name: name(ward),
        open: is_in_use(ward),
        beds: beds.iter().map(bed).collect(),
    };
    Ok(survey.wards().into_iter().map(ward).collect())
}
