//! Discharging a patient.

use serde::Deserialize;
use serde_json::{Value, json};

use super::error::Problems;
use super::transfer::check_open;
use super::{EhrError, shape};
use crate::calendar::instant_text;

/// What the discharge form asks for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Discharge {
    /// The stay, as `Encounter/ID`.
    pub encounter: String,
    /// Where the patient goes.
    pub disposition: Disposition,
}

/// Where a patient goes after a stay (FHIR code system `discharge-disposition`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Disposition {
    /// Home.
    Home,
    /// Another hospital.
    OtherHcf,
    /// Hospice.
    Hosp,
    /// Long-term care.
    Long,
    /// Left against advice.
    Aadvice,
    /// Died.
    Exp,
    /// Psychiatric hospital.
    Psy,
    /// Rehabilitation.
    Rehab,
    /// Skilled nursing facility.
    Snf,
}

impl Disposition {
    /// The code and its display.
    pub fn coding(self) -> (&'static str, &'static str) {
        match self {
            Self::Home => ("home", "Home"),
            Self::OtherHcf => ("other-hcf", "Other healthcare facility"),
            Self::Hosp => ("hosp", "Hospice"),
            Self::Long => ("long", "Long-term care"),
            Self::Aadvice => ("aadvice", "Left against advice"),
            Self::Exp => ("exp", "Expired"),
            Self::Psy => ("psy", "Psychiatric hospital"),
            Self::Rehab => ("rehab", "Rehabilitation"),
            Self::Snf => ("snf", "Skilled nursing facility"),
        }
    }
}

/// What must be known to discharge somebody; `None` where the reference leads nowhere.
#[derive(Clone, Copy, Debug)]
pub struct DischargeFacts<'a> {
    /// The stay as it is stored.
    pub encounter: Option<&'a Value>,
    /// The patient of the stay.
    pub patient: Option<&'a Value>,
}

/// Gives the finished Encounter, and after a death also the changed Patient.
///
/// # Errors
/// A stay that is over or unknown.
pub fn discharge(
    command: &Discharge,
    facts: &DischargeFacts<'_>,
    now_us: i64,
) -> Result<Vec<Value>, EhrError> {
    let mut problems = Problems::default();
    let stay = check_open(&mut problems, &command.encounter, facts.encounter, now_us);
    problems.finish()?;
    let mut stay = stay.clone();
    let (code, display) = command.disposition.coding();
    shape::leave_locations(&mut stay, now_us);
    stay["status"] = json!("finished");
    stay["period"]["end"] = json!(instant_text(now_us));
    stay["hospitalization"]["dischargeDisposition"] = json!({"coding": [{
        "system": "http://terminology.hl7.org/CodeSystem/discharge-disposition",
        "code": code,
        "display": display,
    }]});
    let mut changed = vec![stay];
    if let Some(patient) = facts.patient.filter(|_| command.disposition == Disposition::Exp) {
        let mut patient = patient.clone();
        if let Some(members) = patient.as_object_mut() {
            members.shift_remove("deceasedBoolean");
        }
        patient["deceasedDateTime"] = json!(instant_text(now_us));
        changed.push(patient);
    }
    Ok(changed)
}
