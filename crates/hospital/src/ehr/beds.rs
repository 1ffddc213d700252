use serde::Deserialize;
use serde_json::{Value, json};

use super::entered::Entered;
use super::error::{EhrError, Problems};
use super::shape::{id_of, items, text_at};

/// The code system of `Location.operationalStatus` (HL7 v2 table 0116).
const SYSTEM: &str = "http://terminology.hl7.org/CodeSystem/v2-0116";

/// What housekeeping says of a bed. Whether somebody lies in it, the encounters say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BedState {
    /// As the command and the bed board name it.
    pub word: &'static str,
    /// The code of HL7 v2 table 0116.
    pub code: &'static str,
    /// The display of that code.
    pub display: &'static str,
}

/// The states of a bed. One that says nothing is clean.
pub const BED_STATES: [BedState; 4] = [
    BedState { word: "clean", code: "U", display: "Unoccupied" },
    BedState { word: "dirty", code: "K", display: "Contaminated" },
    BedState { word: "cleaning", code: "H", display: "Housekeeping" },
    BedState { word: "closed", code: "C", display: "Closed" },
];

/// Another state for a bed.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SetBedStatus {
    /// The bed: its id, `Location/ID`, or the label on its door.
    pub bed: Entered,
    /// The word of one of [`BED_STATES`].
    pub status: Entered,
    /// The version of the Location that the form was opened with.
    pub expected_version: Entered,
}

/// What the hospital knows about a bed.
#[derive(Debug, Clone, Default)]
pub struct BedFacts<'a> {
    /// The Location, if there is one.
    pub bed: Option<&'a Value>,
    /// The encounter that has the bed now.
    pub occupant: Option<&'a Value>,
}

/// Whether a Location is one bed (physical type `bd`).
pub fn is_bed(location: &Value) -> bool {
    let codings = location.get("physicalType").map_or(&[][..], |kind| items(kind, "coding"));
    codings.iter().any(|coding| text_at(coding, "code") == Some("bd"))
}

/// The state of a bed. `O` and `I` (occupied, isolated) are other systems' words for one that may be used.
pub fn bed_state(bed: &Value) -> &'static BedState {
    let code = bed.get("operationalStatus").and_then(|status| text_at(status, "code"));
    BED_STATES.iter().find(|state| Some(state.code) == code).unwrap_or(&BED_STATES[0])
}

/// The bed in another state; all else in the Location stays.
///
/// # Errors
/// [`EhrError::Fields`]: no such bed, one that somebody lies in, or no such state.
pub fn set_bed_status(command: &SetBedStatus, facts: &BedFacts<'_>) -> Result<Value, EhrError> {
    let mut problems = Problems::default();
    let bed = facts.bed.filter(|bed| is_bed(bed));
    if bed.is_none() {
        problems.add("bed", "there is no such bed", "choose one from the bed board");
    }
    if let Some(occupant) = facts.occupant {
        let what = format!("somebody lies there (Encounter/{})", id_of(occupant));
        problems.add("bed", what, "transfer or discharge who lies there first");
    }
    if command.status.text().is_none() {
        problems.add("status", "is missing", "write one of clean, dirty, cleaning, closed");
    }
    let state = problems.one_of("status", &command.status, &BED_STATES, |state| state.word);
    problems.settle()?;
    let (Some(bed), Some(state)) = (bed, state) else {
        return Err(EhrError::field("bed", "is missing", "name the bed and its state"));
    };
    Ok(with_state(bed, state))
}

/// A bed that somebody has just left: dirty, unless it is closed.
pub fn left_bed(bed: &Value) -> Option<Value> {
    let is_open = is_bed(bed) && bed_state(bed).word != "closed";
    is_open.then(|| with_state(bed, &BED_STATES[1]))
}

fn with_state(bed: &Value, state: &BedState) -> Value {
    let mut bed = bed.clone();
    bed["operationalStatus"] = json!({"system": SYSTEM, "code": state.code, "display": state.display});
    bed
}
