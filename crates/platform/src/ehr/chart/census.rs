use std::collections::BTreeMap;

use hospital::ehr::{active_place, bed_state, reference_id};
use serde::Serialize;
use serde_json::json;
use store::StoreError;

use super::element::{id, version};
use super::encounters::{attending_of, reason_of};
use super::moment::Moment;
use super::open::{check_lists, note_search};
use super::person::Identity;
use super::survey::{Survey, is_in_use, label, name};
use crate::access::Access;
use crate::ehr::lookup::get;
use crate::fhir::FhirError;

/// Everyone in the house now, where they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Census {
    /// The wards, by label.
    pub wards: Vec<WardCensus>,
    /// Those whose encounter names no place that belongs to a ward.
    pub elsewhere: Vec<Occupant>,
    /// How many encounters keep someone in the house.
    pub occupants: usize,
}

/// One ward and who is on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WardCensus {
    /// The id of the Location.
    pub id: String,
    /// The short name on the door.
    pub label: String,
    /// The whole name.
    pub name: String,
    /// Its beds, by label, taken or free.
    pub beds: Vec<BedCensus>,
    /// Beds that somebody lies in.
    pub taken: usize,
    /// Those on the ward without a bed.
    pub without_bed: Vec<Occupant>,
}

/// One bed and who lies in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BedCensus {
    /// The id of the Location.
    pub id: String,
    /// The short name on the door.
    pub label: String,
    /// The whole name.
    pub name: String,
    /// Whether it is in use.
    pub open: bool,
    /// What housekeeping says of it: `clean`, `dirty`, `cleaning` or `closed`.
    pub state: &'static str,
    /// Who lies there: nobody, one, or by mistake several.
    pub occupants: Vec<Occupant>,
}

/// Someone in the house.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Occupant {
    /// Who it is; `None` if the encounter names no patient there is.
    pub patient: Option<Identity>,
    /// The id of the Encounter.
    pub encounter: String,
    /// The version of the Encounter.
    pub encounter_version: u64,
    /// Since when.
    pub since: Option<Moment>,
    /// Why, in words.
    pub reason: Option<String>,
    /// Who answers for the stay.
    pub attending: Option<String>,
}

/// Everyone in the house, ward by ward. Leaves a `chart.search` entry in the journal.
///
/// # Errors
/// When the role worked as may open no chart, or the store fails.
pub fn census(access: &Access) -> Result<Census, FhirError> {
    check_lists(access)?;
    let survey = Survey::take(access)?;
    let mut occupants = occupants(access, &survey)?;
    let total = survey.stays.len();
    let mut at = |place: &str| occupants.remove(place).unwrap_or_default();
    let mut wards = Vec::new();
    for (ward, beds) in survey.wards() {
        let beds: Vec<BedCensus> = beds
            .iter()
            .map(|bed| BedCensus {
                id: id(bed),
                label: label(bed),
                name: name(bed),
                open: is_in_use(bed),
                state: bed_state(bed).word,
                occupants: at(&id(bed)),
            })
            .collect();
        let taken = beds.iter().filter(|bed| !bed.occupants.is_empty()).count();
        let without_bed = at(&id(ward));
        wards.push(WardCensus {
            id: id(ward),
            label: label(ward),
            name: name(ward),
            beds,
            taken,
            without_bed,
        });
    }
    for (place, others) in std::mem::take(&mut occupants) {
        let ward = survey.ward_of(&place).map(id);
        match wards.iter_mut().find(|known| Some(&known.id) == ward.as_ref()) {
            Some(ward) => ward.without_bed.extend(others),
            None => occupants.entry(String::new()).or_default().extend(others),
        }
    }
    note_search(access, json!({"what": "census", "hits": total}))?;
    Ok(Census { wards, elsewhere: occupants.remove("").unwrap_or_default(), occupants: total })
}

/// Who is at which place; those without one under the empty name.
fn occupants(access: &Access, survey: &Survey) -> Result<BTreeMap<String, Vec<Occupant>>, StoreError> {
    let mut at: BTreeMap<String, Vec<Occupant>> = BTreeMap::new();
    access.sandbox().view(|view| {
        for stay in &survey.stays {
            let patient = stay.get("subject").and_then(|subject| reference_id(subject, "Patient"));
            let patient = patient.map(|patient| get(view, "Patient", patient)).transpose()?.flatten();
            let occupant = Occupant {
                patient: patient.map(|patient| Identity::of(&patient, access.virtual_us())),
                encounter: id(stay),
                encounter_version: version(stay),
                since: Moment::first(stay, &["/period/start"]),
                reason: reason_of(stay),
                attending: attending_of(view, stay)?,
            };
            at.entry(active_place(stay).unwrap_or_default().to_owned()).or_default().push(occupant);
        }
        Ok(at)
    })
}
