use serde::Deserialize;
use serde_json::Value;

use super::entered::Entered;
use super::error::{EhrError, Problems};
use super::shape::{id_of, items_mut};
use super::stay::{active_place, arrive, check_open, check_place, leave};

/// A patient who moves to another bed or ward.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Transfer {
    /// The patient's id, or `Patient/ID`: whose present stay is meant. Not needed beside `encounter`.
    pub patient: Entered,
    /// The stay's id, or `Encounter/ID`.
    pub encounter: Entered,
    /// Where to: a bed or ward by id, `Location/ID`, or the label on its door.
    pub location: Entered,
    /// The version of the Encounter that the form was opened with.
    pub expected_version: Entered,
}

/// What the hospital knows about a transfer.
#[derive(Debug, Clone, Default)]
pub struct TransferFacts<'a> {
    /// The stay, if there is one.
    pub encounter: Option<&'a Value>,
    /// The place, if there is one.
    pub location: Option<&'a Value>,
    /// Another encounter that has the bed.
    pub occupant: Option<&'a Value>,
}

/// Moves a patient: the Encounter with its present place completed and the new one active. All else in it stays.
///
/// # Errors
/// [`EhrError::Fields`].
pub fn transfer(facts: &TransferFacts<'_>, now_us: i64) -> Result<Value, EhrError> {
    let mut problems = Problems::default();
    check_open(&mut problems, facts.encounter, now_us);
    check_place(&mut problems, facts.location, facts.occupant);
    if let (Some(encounter), Some(location)) = (facts.encounter, facts.location)
        && active_place(encounter) == Some(id_of(location))
    {
        problems.add("location", "the patient is there already", "choose another place");
    }
    problems.settle()?;
    let (Some(encounter), Some(location)) = (facts.encounter, facts.location) else {
        return Err(EhrError::field("encounter", "is missing", "name the stay and the place"));
    };
    let mut encounter = encounter.clone();
    leave(&mut encounter, now_us);
    items_mut(&mut encounter, "location").push(arrive(location, now_us));
    Ok(encounter)
}
