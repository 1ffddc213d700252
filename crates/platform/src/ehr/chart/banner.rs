use hospital::ehr::{active_place, is_emergency, reference_id};
use serde::Serialize;
use serde_json::Value;
use store::StoreError;

use super::element::{id, text, version};
use super::encounters::attending_of;
use super::open::Chart;
use super::person::Identity;
use super::summary::Allergy;
use super::survey::{Survey, label, name};
use crate::ehr::lookup::{find_stored, get, value_of};
use crate::fhir::FhirError;

/// What stands above every page of a chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Banner {
    /// Who it is.
    #[serde(flatten)]
    pub identity: Identity,
    /// What the patient must not get: those in force, severe ones first.
    pub allergies: Vec<Allergy>,
    /// Where the patient is now, if in the house.
    pub here: Option<Here>,
    /// Other records that belong to this one, or are said to.
    pub links: Vec<Link>,
}

/// Where someone is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Here {
    /// The id of the Encounter.
    pub encounter: String,
    /// The version of the Encounter, for forms.
    pub encounter_version: u64,
    /// The id of the bed or ward.
    pub place: Option<String>,
    /// The bed or ward by its label.
    pub label: String,
    /// The ward by its name.
    pub ward: Option<String>,
    /// Who answers for the stay.
    pub attending: Option<String>,
    /// Whether this is a visit to the emergency department.
    pub emergency: bool,
}

/// A record that is linked to this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// The id of the other Patient.
    pub patient: String,
    /// `replaced-by`, `replaces`, `refer` or `seealso`, as the linking record says.
    pub kind: String,
    /// Whether the other record makes the link, not this one.
    pub from_other: bool,
    /// The other patient's name.
    pub name: Option<String>,
    /// The other patient's number.
    pub mrn: Option<String>,
}

impl Chart<'_> {
    /// What stands above every page.
    ///
    /// # Errors
    /// When the store fails.
    pub fn banner(&self) -> Result<Banner, FhirError> {
        let mut allergies: Vec<Allergy> = self.all("AllergyIntolerance")?.iter().map(Allergy::of).collect();
        allergies.retain(|allergy| allergy.active);
        allergies.sort_by_key(|allergy| !allergy.severe);
        Ok(Banner { identity: self.identity(), allergies, here: self.here()?, links: self.links()? })
    }

    /// Where the patient is now: in a stay, otherwise in the emergency department.
    fn here(&self) -> Result<Option<Here>, StoreError> {
        let survey = Survey::take(self.access)?;
        let mine = |stay: &&Value| {
            stay.get("subject").and_then(|subject| reference_id(subject, "Patient")) == Some(self.id())
        };
        let Some(stay) = survey.stays.iter().filter(mine).min_by_key(|stay| is_emergency(stay)) else {
            return Ok(None);
        };
        let place = active_place(stay).and_then(|place| survey.place(place));
        Ok(Some(Here {
            encounter: id(stay),
            encounter_version: version(stay),
            place: active_place(stay).map(str::to_owned),
            label: place.map_or_else(|| "no place".to_owned(), label),
            ward: survey.ward_of_stay(stay).map(name),
            attending: self.access.sandbox().view(|view| attending_of(view, stay))?,
            emergency: is_emergency(stay),
        }))
    }

    fn links(&self) -> Result<Vec<Link>, StoreError> {
        let now_us = self.access.virtual_us();
        let me = format!("Patient/{}", self.id());
        self.access.sandbox().view(|view| {
            let mut links = Vec::new();
            for (other, kind) in linked(&self.patient) {
                let other = get(view, "Patient", other)?.unwrap_or_else(|| serde_json::json!({"id": other}));
                links.push(link(&other, kind, false));
            }
            for other in find_stored(view, now_us, "Patient", &[("link", &me)])?.iter().filter_map(value_of) {
                let kinds = linked(&other).filter(|(id, _)| *id == self.id()).map(|(_, kind)| kind);
                links.extend(kinds.map(|kind| link(&other, kind, true)));
            }
            Ok(links)
        })
    }
}

/// The records a patient is linked to, and how.
fn linked(patient: &Value) -> impl Iterator<Item = (&str, &str)> {
    super::element::items(patient, "link").iter().filter_map(|link| {
        let other = reference_id(link.get("other")?, "Patient")?;
        Some((other, text(link, "type").unwrap_or("linked")))
    })
}

fn link(other: &Value, kind: &str, from_other: bool) -> Link {
    Link {
        patient: id(other),
        kind: kind.to_owned(),
        from_other,
        name: hospital::ehr::name_of(other),
        mrn: hospital::ehr::mrn_of(other).map(str::to_owned),
    }
}
