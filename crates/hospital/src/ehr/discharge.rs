use serde::Deserialize;
use serde_json::{Value, json};

use super::entered::Entered;
use super::error::{EhrError, Problems};
use super::shape::items;
use super::stay::{check_open, end, leave};
use crate::calendar::instant_text;

/// Where people go after a stay, with displays (code system `discharge-disposition`).
pub const DISPOSITIONS: [(&str, &str); 11] = [
    ("home", "Home"),
    ("alt-home", "Alternative home"),
    ("other-hcf", "Other healthcare facility"),
    ("hosp", "Hospice"),
    ("long", "Long-term care"),
    ("aadvice", "Left against advice"),
    ("exp", "Expired"),
    ("psy", "Psychiatric hospital"),
    ("rehab", "Rehabilitation"),
    ("snf", "Skilled nursing facility"),
    ("oth", "Other"),
];

/// A patient who leaves.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Discharge {
    /// The patient's id, or `Patient/ID`: whose present stay is meant. Not needed beside `encounter`.
    pub patient: Entered,
    /// The stay's id, or `Encounter/ID`.
    pub encounter: Entered,
    /// One of [`DISPOSITIONS`].
    pub disposition: Entered,
    /// The version of the Encounter that the form was opened with.
    pub expected_version: Entered,
}

/// What the hospital knows about a discharge.
#[derive(Debug, Clone, Default)]
pub struct DischargeFacts<'a> {
    /// The stay, if there is one.
    pub encounter: Option<&'a Value>,
    /// The patient of the stay, if there is one.
    pub patient: Option<&'a Value>,
}

/// Ends a stay: the Encounter finished, its present place completed, and where the patient went; after a death also the
/// Patient. All else in them stays.
///
/// # Errors
/// [`EhrError::Fields`].
pub fn discharge(
    command: &Discharge,
    facts: &DischargeFacts<'_>,
    now_us: i64,
) -> Result<Vec<Value>, EhrError> {
    let mut problems = Problems::default();
    check_open(&mut problems, facts.encounter, now_us);
    if command.disposition.text().is_none() {
        problems.add("disposition", "is missing", "say where the patient goes, such as home");
    }
    let disposition = problems.one_of("disposition", &command.disposition, &DISPOSITIONS, |row| row.0);
    problems.settle()?;
    let (Some(encounter), Some((code, display))) = (facts.encounter, disposition) else {
        return Err(EhrError::field("encounter", "is missing", "name the stay"));
    };
    let mut encounter = encounter.clone();
    if !items(&encounter, "location").is_empty() {
        leave(&mut encounter, now_us);
    }
    encounter["status"] = "finished".into();
    end(&mut encounter, now_us);
    if !encounter["hospitalization"].is_object() {
        encounter["hospitalization"] = json!({});
    }
    encounter["hospitalization"]["dischargeDisposition"] = json!({"coding": [{
        "system": "http://terminology.hl7.org/CodeSystem/discharge-disposition",
        "code": code,
        "display": display,
    }]});
    let mut changed = vec![encounter];
    if *code == "exp" {
        changed.extend(
            facts.patient.filter(|patient| patient.is_object()).map(|patient| deceased(patient, now_us)),
        );
    }
    Ok(changed)
}

fn deceased(patient: &Value, now_us: i64) -> Value {
    let mut patient = patient.clone();
    if let Some(members) = patient.as_object_mut() {
        members.shift_remove("deceasedBoolean");
    }
    patient["deceasedDateTime"] = instant_text(now_us).into();
    patient
}
