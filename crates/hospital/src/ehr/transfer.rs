//! Moving a patient to another bed.

use serde::Deserialize;
use serde_json::{Value, json};

use super::admit::check_bed;
use super::error::Problems;
use super::{EhrError, shape};

/// What the transfer form asks for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// The stay, as `Encounter/ID`.
    pub encounter: String,
    /// The new bed, as `Location/ID`.
    pub location: String,
}

/// What must be known to move somebody; `None` where the reference leads nowhere.
#[derive(Clone, Copy, Debug)]
pub struct TransferFacts<'a> {
    /// The stay as it is stored.
    pub encounter: Option<&'a Value>,
    /// The new bed.
    pub location: Option<&'a Value>,
    /// An encounter in progress of somebody else at that location.
    pub occupant: Option<&'a Value>,
}

/// Gives the changed Encounter: the old place completed, the new one active.
///
/// # Errors
/// A stay that is over, a place the patient is in already, a bed that is taken.
pub fn transfer(command: &Transfer, facts: &TransferFacts<'_>, now_us: i64) -> Result<Value, EhrError> {
    let mut problems = Problems::default();
    let stay = check_open(&mut problems, &command.encounter, facts.encounter, now_us);
    check_bed(&mut problems, &command.location, facts.location, facts.occupant);
    let location = facts.location.unwrap_or(&Value::Null);
    let here = shape::reference(location)["reference"].clone();
    let already = stay["location"].as_array().is_some_and(|entries| {
        entries.iter().any(|entry| entry["status"] == "active" && entry["location"]["reference"] == here)
    });
    problems.expect(!already, "location", "is where the patient lies now", "choose another bed");
    problems.finish()?;
    let mut stay = stay.clone();
    shape::leave_locations(&mut stay, now_us);
    let entry = shape::location_entry(location, now_us);
    match stay["location"].as_array_mut() {
        Some(entries) => entries.push(entry),
        None => stay["location"] = json!([entry]),
    }
    Ok(stay)
}

/// The stay, if it is one in progress that began before now; otherwise a problem is noted.
pub(super) fn check_open<'a>(
    problems: &mut Problems,
    named: &str,
    encounter: Option<&'a Value>,
    now_us: i64,
) -> &'a Value {
    let Some(stay) = encounter.filter(|stay| shape::is(stay, "Encounter")) else {
        problems.add("encounter", format!("{named:?} is not on record"), "choose a stay from the census");
        return &Value::Null;
    };
    let status = stay["status"].as_str().unwrap_or("unknown");
    if status != "in-progress" {
        problems.add("encounter", format!("is {status}, not in progress"), "choose a stay from the census");
    }
    let now = crate::calendar::instant_text(now_us);
    let begun =
        stay["period"]["start"].as_str().is_none_or(|start| start[..start.len().min(19)] <= now[..19]);
    problems.expect(begun, "encounter", "begins in the future", "check the start of the stay");
    stay
}
