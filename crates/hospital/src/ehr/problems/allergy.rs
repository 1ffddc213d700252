use serde::Deserialize;
use serde_json::{Value, json};

use super::listed::{List, note, reason};
use crate::calendar::instant_text;
use crate::codes::{Code, substance};
use crate::ehr::entered::Entered;
use crate::ehr::error::{EhrError, Problems};
use crate::ehr::shape::{concept, reference};
use crate::meta::meta;

/// How dangerous: code and words (value set `allergy-intolerance-criticality`).
pub const CRITICALITIES: [(&str, &str); 3] =
    [("low", "Low"), ("high", "High, may cost life"), ("unable-to-assess", "Cannot be told")];
/// What may become of an allergy: code and words.
pub const ALLERGY_STATES: [(&str, &str); 4] = [
    ("active", "Active"),
    ("inactive", "Inactive"),
    ("resolved", "Resolved"),
    ("refuted", "Refuted: it was none"),
];
/// The substances with a code.
pub const SUBSTANCES: &[Code] = substance::ALL;

const LIST: List = List {
    field: "substance",
    clinical: "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical",
    verification: "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification",
};

/// An allergy or intolerance.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RecordAllergy {
    /// The patient's id, or `Patient/ID`.
    pub patient: Entered,
    /// The code or name of one of [`SUBSTANCES`], otherwise words.
    pub substance: Entered,
    /// One of [`CRITICALITIES`]; `low` when left out.
    pub criticality: Entered,
    /// What happens, in words.
    pub reaction: Entered,
}

/// An allergy that is seen differently now.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReviseAllergy {
    /// The allergy: an id, or `AllergyIntolerance/ID`.
    pub allergy: Entered,
    /// One of [`ALLERGY_STATES`]; as it is when left out.
    pub status: Entered,
    /// One of [`CRITICALITIES`]; as it is when left out.
    pub criticality: Entered,
    /// Why, in words.
    pub reason: Entered,
    /// The version that the form was opened with.
    pub expected_version: Entered,
}

/// What the hospital knows about an allergy.
#[derive(Debug, Clone, Default)]
pub struct AllergyFacts<'a> {
    /// The patient, if there is one.
    pub patient: Option<&'a Value>,
    /// The patient's allergies, or the one that is revised.
    pub allergies: &'a [Value],
    /// Who writes, as people read it.
    pub author: &'a str,
}

/// Records an allergy (US Core `AllergyIntolerance`) under `id`.
///
/// # Errors
/// [`EhrError::Fields`]: among others when the substance is on the list already.
pub fn record_allergy(
    command: &RecordAllergy,
    facts: &AllergyFacts<'_>,
    now_us: i64,
    id: &str,
) -> Result<Value, EhrError> {
    let mut problems = Problems::default();
    let name = problems.needed("substance", &command.substance, 200, "write what the patient is allergic to");
    let criticality = problems.one_of("criticality", &command.criticality, &CRITICALITIES, |row| row.0);
    let reaction = problems.line("reaction", &command.reaction, 200);
    let name = name.unwrap_or_default();
    let substance = substance_named(&name);
    LIST.check_new(&mut problems, facts.patient, facts.allergies, &substance);
    problems.settle()?;
    let mut allergy = json!({
        "resourceType": "AllergyIntolerance",
        "id": id,
        "meta": meta("us-core-allergyintolerance"),
        "clinicalStatus": LIST.clinical("active"),
        "verificationStatus": LIST.verification("confirmed"),
        "criticality": criticality.map_or("low", |row| row.0),
        "code": substance,
        "patient": facts.patient.map(reference),
        "recordedDate": instant_text(now_us),
        "recorder": {"display": facts.author},
    });
    if let Some(reaction) = reaction {
        allergy["reaction"] = json!([{"manifestation": [{"text": reaction}]}]);
    }
    Ok(allergy)
}

/// An allergy as it is seen now. All else in it stays.
///
/// # Errors
/// [`EhrError::Fields`].
pub fn revise_allergy(
    command: &ReviseAllergy,
    facts: &AllergyFacts<'_>,
    now_us: i64,
) -> Result<Value, EhrError> {
    let mut problems = Problems::default();
    let Some(allergy) = facts.allergies.first() else {
        return Err(EhrError::field("allergy", "there is no such allergy", "open the list again"));
    };
    let status = problems.one_of("status", &command.status, &ALLERGY_STATES, |row| row.0);
    let criticality = problems.one_of("criticality", &command.criticality, &CRITICALITIES, |row| row.0);
    let reason = reason(&mut problems, &command.reason);
    problems.settle()?;
    let mut allergy = allergy.clone();
    match status.map(|row| row.0) {
        Some("refuted") => {
            // A refuted allergy has no clinical status (R4, ait-2).
            if let Some(members) = allergy.as_object_mut() {
                members.shift_remove("clinicalStatus");
            }
            allergy["verificationStatus"] = LIST.verification("refuted");
        }
        Some(status) => {
            allergy["clinicalStatus"] = LIST.clinical(status);
            allergy["verificationStatus"] = LIST.verification("confirmed");
        }
        None => {}
    }
    if let Some((code, _)) = criticality {
        allergy["criticality"] = (*code).into();
    }
    note(&mut allergy, reason.as_deref(), facts.author, now_us);
    Ok(allergy)
}

fn substance_named(name: &str) -> Value {
    let fits = |known: &&Code| known.code == name || known.display.eq_ignore_ascii_case(name);
    SUBSTANCES.iter().find(fits).map_or_else(|| json!({"text": name}), concept)
}
