//! Reading where someone is from an Encounter of any author.

use serde_json::{Value, json};

use super::beds::{bed_state, is_bed};
use super::error::Problems;
use super::shape::{id_of, items, items_mut, reference, reference_id, text_at};
use crate::calendar::instant_text;

/// The states of an encounter that has begun and not ended (value set `encounter-status`).
const OPEN: [&str; 4] = ["arrived", "triaged", "in-progress", "onleave"];
/// Classes of encounters that keep nobody in the house (v3-ActCode).
const ELSEWHERE: [&str; 5] = ["AMB", "VR", "HH", "FLD", "PRENC"];

/// Whether an encounter has begun and not ended.
pub fn is_open(encounter: &Value) -> bool {
    text_at(encounter, "status").is_some_and(|status| OPEN.contains(&status))
}

/// Whether an encounter keeps its patient in the house now: open, and not an office visit or a call.
pub fn is_in_house(encounter: &Value) -> bool {
    is_open(encounter) && class_of(encounter).is_none_or(|class| !ELSEWHERE.contains(&class))
}

/// Whether an encounter is a visit to the emergency department.
pub fn is_emergency(encounter: &Value) -> bool {
    class_of(encounter) == Some("EMER")
}

fn class_of(encounter: &Value) -> Option<&str> {
    text_at(encounter.get("class")?, "code")
}

/// The id of the Location an encounter's patient is at: the last one that was not left.
pub fn active_place(encounter: &Value) -> Option<&str> {
    let places = items(encounter, "location");
    places
        .iter()
        .rev()
        .find(|place| is_active_place(place))
        .and_then(|place| reference_id(place.get("location")?, "Location"))
}

/// Whether an entry of `Encounter.location` still holds.
pub fn is_active_place(place: &Value) -> bool {
    match text_at(place, "status") {
        Some(status) => status == "active",
        None => place.get("period").and_then(|period| period.get("end")).is_none(),
    }
}

/// An entry of `Encounter.location` that begins now.
pub(super) fn arrive(location: &Value, now_us: i64) -> Value {
    json!({
        "location": reference(location),
        "status": "active",
        "period": {"start": instant_text(now_us)},
    })
}

/// Ends every place that still holds.
pub(super) fn leave(encounter: &mut Value, now_us: i64) {
    for place in items_mut(encounter, "location") {
        if is_active_place(place) && place.is_object() {
            place["status"] = "completed".into();
            end(place, now_us);
        }
    }
}

/// Ends the `period` of an encounter or of a place in it.
pub(super) fn end(value: &mut Value, now_us: i64) {
    if !value["period"].is_object() {
        value["period"] = json!({});
    }
    value["period"]["end"] = instant_text(now_us).into();
}

/// Whether someone can be put there. `occupant` is the encounter that has the bed now.
pub(super) fn check_place(problems: &mut Problems, location: Option<&Value>, occupant: Option<&Value>) {
    const FIELD: &str = "location";
    let Some(location) = location else {
        problems.add(FIELD, "there is no such place", "choose a ward or a free bed of this hospital");
        return;
    };
    let name = text_at(location, "name").unwrap_or_else(|| id_of(location));
    if let Some(status) = text_at(location, "status").filter(|status| *status != "active") {
        problems.add(FIELD, format!("{name} is {status}"), "choose a place that is in use");
    }
    let state = bed_state(location).word;
    if is_bed(location) && state != "clean" {
        let what = format!("{name} is {}", if state == "cleaning" { "being cleaned" } else { state });
        problems.add(FIELD, what, "choose a clean bed on the bed board, or have this one made ready there");
    }
    if let Some(occupant) = occupant {
        let by = format!("Encounter/{}", id_of(occupant));
        problems.add(
            FIELD,
            format!("{name} is taken ({by})"),
            "choose a free bed, or transfer who lies there first",
        );
    }
}

/// Whether an encounter is there and still open, so that it can be changed by a command.
pub(super) fn check_open(problems: &mut Problems, encounter: Option<&Value>, now_us: i64) {
    match encounter {
        None => problems.add(
            "encounter",
            "the patient has no stay in this hospital now",
            "admit the patient first, or name the encounter",
        ),
        Some(encounter) if !is_open(encounter) => {
            let status = text_at(encounter, "status").unwrap_or("without a status");
            problems.add(
                "encounter",
                format!("Encounter/{} is {status}", id_of(encounter)),
                "name an encounter that is in progress",
            );
        }
        Some(encounter) if begins_after(encounter, now_us) => problems.add(
            "encounter",
            format!("Encounter/{} begins in the future", id_of(encounter)),
            "correct the start of its period first",
        ),
        Some(_) => {}
    }
}

/// Whether a period starts after now; compared as text, since both are UTC where we wrote them.
fn begins_after(encounter: &Value, now_us: i64) -> bool {
    let start = encounter.get("period").and_then(|period| text_at(period, "start"));
    start.is_some_and(|start| start.ends_with('Z') && start.get(..19) > instant_text(now_us).get(..19))
}
