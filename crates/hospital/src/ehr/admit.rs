use serde::Deserialize;
use serde_json::{Value, json};

use super::entered::Entered;
use super::error::{EhrError, Problems};
use super::shape::{concept, id_of, items, reference, text_at};
use super::stay::{arrive, check_place, is_emergency};
use crate::calendar::instant_text;
use crate::codes::{diagnosis, visit};
use crate::meta::meta;

/// The classes someone may be admitted under, with their displays (v3-ActCode).
pub const CLASSES: [(&str, &str); 6] = [
    ("IMP", "inpatient encounter"),
    ("ACUTE", "inpatient acute"),
    ("NONAC", "inpatient non-acute"),
    ("OBSENC", "observation encounter"),
    ("SS", "short stay"),
    ("EMER", "emergency"),
];

/// A patient who is to stay.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Admit {
    /// The patient's id, or `Patient/ID`.
    pub patient: Entered,
    /// The bed or ward: its id, `Location/ID`, or the label on its door.
    pub location: Entered,
    /// Why, in words or as an ICD-10-CM code of [`diagnosis`].
    pub reason: Entered,
    /// One of [`CLASSES`]; `IMP` when left out.
    pub class: Entered,
    /// The practitioner who answers for the stay: an id, or `Practitioner/ID`.
    pub attending: Entered,
}

/// What the hospital knows about an admission.
#[derive(Debug, Clone, Default)]
pub struct AdmitFacts<'a> {
    /// The patient, if there is one.
    pub patient: Option<&'a Value>,
    /// The place, if there is one.
    pub location: Option<&'a Value>,
    /// The practitioner who was named, if there is one.
    pub attending: Option<&'a Value>,
    /// An encounter that keeps the patient in the house already.
    pub current: Option<&'a Value>,
    /// The encounter that has the bed.
    pub occupant: Option<&'a Value>,
}

/// Admits a patient: an Encounter in progress (US Core Encounter) under `id`.
///
/// Someone in the emergency department may be admitted; that visit is a second encounter and ends on its own.
///
/// # Errors
/// [`EhrError::Fields`].
pub fn admit(command: &Admit, facts: &AdmitFacts<'_>, now_us: i64, id: &str) -> Result<Value, EhrError> {
    let mut problems = Problems::default();
    check_patient(&mut problems, facts);
    check_place(&mut problems, facts.location, facts.occupant);
    let reason = problems.needed("reason", &command.reason, 500, "write why the patient comes in");
    let class = problems.one_of("class", &command.class, &CLASSES, |class| class.0);
    if command.attending.text().is_some() && facts.attending.is_none() {
        problems.add(
            "attending",
            "there is no such practitioner",
            "choose one of this hospital, or leave it empty",
        );
    }
    problems.settle()?;
    let (Some(patient), Some(location)) = (facts.patient, facts.location) else {
        return Err(EhrError::field("patient", "is missing", "name the patient and the place"));
    };
    let (class, display) = class.unwrap_or(&CLASSES[0]);
    let kind = if *class == "EMER" { &visit::EMERGENCY } else { &visit::INPATIENT };
    let mut encounter = json!({
        "resourceType": "Encounter",
        "id": id,
        "meta": meta("us-core-encounter"),
        "identifier": [{"system": "https://practicum.example/visit", "value": id}],
        "status": "in-progress",
        "class": {
            "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode",
            "code": class,
            "display": display,
        },
        "type": [concept(kind)],
        "subject": reference(patient),
    });
    if let Some(attending) = facts.attending {
        encounter["participant"] = json!([{
            "type": [{"coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType",
                "code": "ATND",
                "display": "attender",
            }]}],
            "individual": reference(attending),
        }]);
    }
    encounter["period"] = json!({"start": instant_text(now_us)});
    encounter["reasonCode"] = json!([coded_reason(reason.as_deref().unwrap_or_default())]);
    encounter["location"] = json!([arrive(location, now_us)]);
    if let Some(organization) = location.get("managingOrganization") {
        encounter["serviceProvider"] = organization.clone();
    }
    Ok(encounter)
}

/// A diagnosis by its code, or the words as they are.
fn coded_reason(reason: &str) -> Value {
    let known = diagnosis::ALL.iter().find(|known| known.code.eq_ignore_ascii_case(reason));
    known.map_or_else(|| json!({"text": reason}), concept)
}

fn check_patient(problems: &mut Problems, facts: &AdmitFacts<'_>) {
    const FIELD: &str = "patient";
    let Some(patient) = facts.patient else {
        problems.add(FIELD, "there is no such patient", "register the patient first, or look the record up");
        return;
    };
    if is_deceased(patient) {
        problems.add(
            FIELD,
            "the record says that this patient has died",
            "check that this is the right record",
        );
    }
    let replaced = items(patient, "link").iter().any(|link| text_at(link, "type") == Some("replaced-by"));
    if replaced {
        problems.add(FIELD, "this record was replaced by another one", "admit the patient under that record");
    }
    if let Some(current) = facts.current.filter(|current| !is_emergency(current)) {
        problems.add(
            FIELD,
            format!("the patient is in the house already (Encounter/{})", id_of(current)),
            "transfer the patient, or discharge that stay first",
        );
    }
}

fn is_deceased(patient: &Value) -> bool {
    patient.get("deceasedDateTime").is_some() || patient.get("deceasedBoolean") == Some(&Value::Bool(true))
}
