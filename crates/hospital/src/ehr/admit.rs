//! Admitting a patient to a bed.

use serde::Deserialize;
use serde_json::{Value, json};

use super::error::Problems;
use super::{EhrError, shape};
use crate::calendar::instant_text;
use crate::codes::{diagnosis, visit};

/// What the admission form asks for. Who and where are references, resolved into [`AdmitFacts`].
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Admit {
    /// The patient, as `Patient/ID`.
    pub patient: String,
    /// The bed, as `Location/ID`.
    pub location: String,
    /// The attending clinician, as `Practitioner/ID`.
    pub attending: String,
    /// Why, in words or as an ICD-10-CM code.
    pub reason: String,
}

/// What must be known to admit somebody; `None` where the reference leads nowhere.
#[derive(Clone, Copy, Debug)]
pub struct AdmitFacts<'a> {
    /// The patient.
    pub patient: Option<&'a Value>,
    /// The bed.
    pub location: Option<&'a Value>,
    /// The attending clinician.
    pub attending: Option<&'a Value>,
    /// An inpatient encounter of the patient that is still in progress.
    pub open_stay: Option<&'a Value>,
    /// An encounter in progress of somebody else at that location.
    pub occupant: Option<&'a Value>,
}

/// Makes the Encounter (US Core Encounter, class IMP) of a new stay.
///
/// # Errors
/// Every field that cannot be accepted, a patient who is in already, a bed that is taken.
pub fn admit(
    command: &Admit,
    facts: &AdmitFacts<'_>,
    now_us: i64,
    ids: &mut dyn FnMut() -> String,
) -> Result<Value, EhrError> {
    let (patient, location, attending) = check(command, facts)?;
    let id = ids();
    Ok(json!({
        "resourceType": "Encounter",
        "id": id,
        "meta": shape::meta("us-core-encounter"),
        "identifier": [{"system": "https://practicum.example/visit", "value": id}],
        "status": "in-progress",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "IMP", "display": "inpatient encounter"},
        "type": [shape::concept(&visit::INPATIENT)],
        "subject": shape::named_reference(patient, &shape::person_name(patient)),
        "participant": [{
            "type": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "code": "ATND", "display": "attender"}]}],
            "individual": shape::named_reference(attending, &shape::person_name(attending)),
        }],
        "period": {"start": instant_text(now_us)},
        "reasonCode": [reason(command.reason.trim())],
        "location": [shape::location_entry(location, now_us)],
    }))
}

/// A known ICD-10-CM code becomes a coding, anything else stays words.
fn reason(text: &str) -> Value {
    match diagnosis::ALL.iter().find(|code| code.code.eq_ignore_ascii_case(text)) {
        Some(code) => shape::concept(code),
        None => json!({"text": text}),
    }
}

fn check<'a>(command: &Admit, facts: &AdmitFacts<'a>) -> Result<(&'a Value, &'a Value, &'a Value), EhrError> {
    let mut problems = Problems::default();
    let patient = facts.patient.filter(|patient| shape::is(patient, "Patient"));
    match patient {
        None => problems.add(
            "patient",
            format!("{:?} is not on record", command.patient),
            "register the patient first",
        ),
        Some(patient) => check_patient(&mut problems, patient),
    }
    if let Some(stay) = facts.open_stay {
        let id = stay["id"].as_str().unwrap_or_default();
        problems.add(
            "patient",
            format!("is in the house already, Encounter/{id}"),
            "transfer or discharge that stay",
        );
    }
    check_bed(&mut problems, &command.location, facts.location, facts.occupant);
    let attending = facts.attending.filter(|person| shape::is(person, "Practitioner"));
    if attending.is_none() {
        problems.add(
            "attending",
            format!("{:?} works elsewhere", command.attending),
            "choose a clinician of this hospital",
        );
    }
    problems.check_text("reason", &command.reason, 200);
    problems.finish()?;
    // Each is there, or a problem was noted above.
    Ok((
        patient.unwrap_or(&Value::Null),
        facts.location.unwrap_or(&Value::Null),
        attending.unwrap_or(&Value::Null),
    ))
}

fn check_patient(problems: &mut Problems, patient: &Value) {
    let dead = patient.get("deceasedDateTime").is_some() || patient["deceasedBoolean"] == true;
    problems.expect(!dead, "patient", "has died", "check that this is the right record");
    let retired = patient["active"] == false;
    let hint = "use the record it was linked to";
    problems.expect(!retired, "patient", "is a record no longer in use", hint);
}

/// A location must exist and be open, and a bed must be free.
pub(super) fn check_bed(
    problems: &mut Problems,
    named: &str,
    location: Option<&Value>,
    occupant: Option<&Value>,
) {
    let Some(location) = location.filter(|location| shape::is(location, "Location")) else {
        problems.add(
            "location",
            format!("{named:?} is no place in this hospital"),
            "choose a bed from the list",
        );
        return;
    };
    let open = location.get("status").is_none_or(|status| status == "active");
    problems.expect(open, "location", "is closed", "choose another bed");
    if let Some(stay) = occupant.filter(|_| shape::is_bed(location)) {
        let who = stay["subject"]["reference"].as_str().unwrap_or("somebody else");
        problems.add("location", format!("is taken by {who}"), "choose a free bed");
    }
}
