//! What the chart believes, in the shape in which systems are told.

use hospital::ehr::{active_place, is_emergency, is_in_house, reference_id};
use hospital::systems::{Belief, Place};
use serde_json::Value;
use store::StoreError;
use store::sandbox::View;

use crate::ehr::lookup::{find, get};

/// The search for encounters that have begun and not ended.
const OPEN: (&str, &str) = ("status", "arrived,triaged,in-progress,onleave");

/// What the chart says of a patient now.
pub(crate) fn belief(view: View<'_>, patient: &Value, now_us: i64) -> Result<Belief, StoreError> {
    let id = patient["id"].as_str().unwrap_or_default();
    let open = find(view, now_us, "Encounter", &[("patient", &format!("Patient/{id}")), OPEN])?;
    let mut stays: Vec<Value> = open.into_iter().filter(is_in_house).collect();
    stays.sort_by_key(is_emergency);
    match stays.first() {
        Some(stay) => belief_in(view, patient, stay),
        None => Ok(Belief::of(patient, None)),
    }
}

/// What the chart says of a patient in a stay, which may be over: where they are or were last.
pub(super) fn belief_in(view: View<'_>, patient: &Value, stay: &Value) -> Result<Belief, StoreError> {
    let place = place(view, stay)?;
    Ok(Belief::of(patient, Some((stay, &place))))
}

/// Everybody in the house: the patient's id, and what the chart says of them.
pub(crate) fn everybody(view: View<'_>, now_us: i64) -> Result<Vec<(String, Belief)>, StoreError> {
    let mut stays = find(view, now_us, "Encounter", &[OPEN])?;
    stays.retain(is_in_house);
    // Somebody who waits in the emergency department for a bed upstairs has two; the stay is the later word.
    stays.sort_by_key(is_emergency);
    let mut seen = std::collections::BTreeSet::new();
    let mut all = Vec::new();
    for stay in &stays {
        let Some(id) = stay.get("subject").and_then(|subject| reference_id(subject, "Patient")) else {
            continue;
        };
        if seen.insert(id.to_owned())
            && let Some(patient) = get(view, "Patient", id)?
        {
            all.push((id.to_owned(), belief_in(view, &patient, stay)?));
        }
    }
    Ok(all)
}

/// The Locations that a stay names, each with what it is part of.
pub(super) fn places(view: View<'_>, stay: &Value) -> Result<Vec<Value>, StoreError> {
    let mut found: Vec<Value> = Vec::new();
    let named = stay["location"].as_array().into_iter().flatten();
    for id in named.filter_map(|one| reference_id(one.get("location")?, "Location")) {
        let mut next = Some(id.to_owned());
        // A bed stands in a room on a ward; what is further out is no place of a patient.
        for _ in 0..3 {
            let Some(id) = next.filter(|id| found.iter().all(|known| known["id"] != id.as_str())) else {
                break;
            };
            let Some(place) = get(view, "Location", &id)? else { break };
            next = Place::around(&place).map(str::to_owned);
            found.push(place);
        }
    }
    Ok(found)
}

fn place(view: View<'_>, stay: &Value) -> Result<Place, StoreError> {
    let last = || {
        stay["location"].as_array()?.last()?.get("location").and_then(|place| reference_id(place, "Location"))
    };
    let Some(id) = active_place(stay).or_else(last) else { return Ok(Place::default()) };
    let place = get(view, "Location", id)?;
    let around =
        place.as_ref().and_then(Place::around).map(|id| get(view, "Location", id)).transpose()?.flatten();
    Ok(Place::of(place.as_ref(), around.as_ref()))
}
