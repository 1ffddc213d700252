use hospital::ehr::{is_active_place, is_in_house, is_open};
use serde::Serialize;
use serde_json::Value;
use store::StoreError;
use store::sandbox::View;

use super::element::{concept, concept_of, has_code, id, items, text, version};
use super::moment::{Moment, sort_newest_first};
use super::open::{Chart, display};
use crate::fhir::FhirError;

/// A visit or a stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stay {
    /// The id of the Encounter.
    pub id: String,
    /// The version of the Encounter, for forms.
    pub version: u64,
    /// `planned`, `in-progress`, `finished` and so on, as written.
    pub status: String,
    /// Whether it has begun and not ended.
    pub open: bool,
    /// Whether it keeps the patient in the house now.
    pub in_house: bool,
    /// The class in words: `inpatient encounter`.
    pub class: Option<String>,
    /// What kind of encounter it is.
    pub kind: Option<String>,
    /// Why, in words.
    pub reason: Option<String>,
    /// When it began.
    pub start: Option<Moment>,
    /// When it ended.
    pub end: Option<Moment>,
    /// The places, in order.
    pub places: Vec<Stop>,
    /// Who answers for it.
    pub attending: Option<String>,
    /// Where the patient went afterwards.
    pub disposition: Option<String>,
}

/// One place of a stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stop {
    /// The name of the place.
    pub name: String,
    /// Whether the patient is still there.
    pub active: bool,
    /// Since when.
    pub start: Option<Moment>,
    /// Until when.
    pub end: Option<Moment>,
}

impl Chart<'_> {
    /// Visits and stays, newest first.
    ///
    /// # Errors
    /// When the store fails.
    pub fn encounters(&self) -> Result<Vec<Stay>, FhirError> {
        let all = self.all("Encounter")?;
        let stays = self.access.sandbox().view(|view| {
            all.iter().map(|encounter| stay(view, encounter)).collect::<Result<Vec<_>, StoreError>>()
        });
        let mut stays = stays?;
        sort_newest_first(&mut stays, |stay| stay.start.as_ref());
        Ok(stays)
    }
}

fn stay(view: View<'_>, encounter: &Value) -> Result<Stay, StoreError> {
    let class = encounter.get("class");
    let class_text = class.and_then(|class| text(class, "display").or_else(|| text(class, "code")));
    let places = items(encounter, "location").iter().map(|place| stop(view, place));
    Ok(Stay {
        id: id(encounter),
        version: version(encounter),
        status: text(encounter, "status").unwrap_or_default().to_owned(),
        open: is_open(encounter),
        in_house: is_in_house(encounter),
        class: class_text.map(str::to_owned),
        kind: concept_of(encounter, &["type"]),
        reason: reason_of(encounter),
        start: Moment::first(encounter, &["/period/start"]),
        end: Moment::first(encounter, &["/period/end"]),
        places: places.collect::<Result<_, _>>()?,
        attending: attending_of(view, encounter)?,
        disposition: concept(encounter.pointer("/hospitalization/dischargeDisposition")),
    })
}

fn stop(view: View<'_>, place: &Value) -> Result<Stop, StoreError> {
    Ok(Stop {
        name: display(view, place.get("location"))?.unwrap_or_else(|| "a place without a name".to_owned()),
        active: is_active_place(place),
        start: Moment::first(place, &["/period/start"]),
        end: Moment::first(place, &["/period/end"]),
    })
}

/// Who answers for an encounter: the attender, otherwise whoever is named first.
pub(super) fn attending_of(view: View<'_>, encounter: &Value) -> Result<Option<String>, StoreError> {
    let participants = items(encounter, "participant");
    let attender = participants.iter().find(|participant| has_code(participant.get("type"), "ATND"));
    display(view, attender.or(participants.first()).and_then(|participant| participant.get("individual")))
}

/// Why someone came, in words.
pub(super) fn reason_of(encounter: &Value) -> Option<String> {
    concept_of(encounter, &["reasonCode"])
}
