use serde::Deserialize;
use serde_json::{Value, json};

use super::listed::{List, note, reason};
use crate::calendar::{Date, date_of, instant_text};
use crate::codes::diagnosis;
use crate::ehr::entered::Entered;
use crate::ehr::error::{EhrError, Problems};
use crate::ehr::shape::{concept, reference};
use crate::meta::meta;

/// What may become of a problem: code and words.
pub const PROBLEM_STATES: [(&str, &str); 5] = [
    ("active", "Active"),
    ("inactive", "Inactive"),
    ("remission", "In remission"),
    ("resolved", "Resolved"),
    ("refuted", "Refuted: it was none"),
];

const LIST: List = List {
    field: "problem",
    clinical: "http://terminology.hl7.org/CodeSystem/condition-clinical",
    verification: "http://terminology.hl7.org/CodeSystem/condition-ver-status",
};

/// A problem for the list.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AddProblem {
    /// The patient's id, or `Patient/ID`.
    pub patient: Entered,
    /// The encounter's id, or `Encounter/ID`; the patient's present stay when left out.
    pub encounter: Entered,
    /// An ICD-10-CM code of [`diagnosis`], otherwise words.
    pub problem: Entered,
    /// Since when, as a date.
    pub onset: Entered,
}

/// A problem that is seen differently now.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReviseProblem {
    /// The problem: an id, or `Condition/ID`.
    pub problem: Entered,
    /// One of [`PROBLEM_STATES`].
    pub status: Entered,
    /// Why, in words.
    pub reason: Entered,
    /// The version that the form was opened with.
    pub expected_version: Entered,
}

/// What the hospital knows about a problem.
#[derive(Debug, Clone, Default)]
pub struct ProblemFacts<'a> {
    /// The patient, if there is one.
    pub patient: Option<&'a Value>,
    /// The encounter it belongs to, if any.
    pub encounter: Option<&'a Value>,
    /// The patient's problems, or the one that is revised.
    pub problems: &'a [Value],
    /// Who writes, as people read it.
    pub author: &'a str,
}

/// Adds to the problem list (US Core Condition, problems and health concerns) under `id`.
///
/// # Errors
/// [`EhrError::Fields`]: among others when the problem is on the list already.
pub fn add_problem(
    command: &AddProblem,
    facts: &ProblemFacts<'_>,
    now_us: i64,
    id: &str,
) -> Result<Value, EhrError> {
    let mut problems = Problems::default();
    let name = problems.needed("problem", &command.problem, 300, "write the problem, or its ICD-10-CM code");
    let name = name.unwrap_or_default();
    let known = diagnosis::ALL.iter().find(|known| known.code.eq_ignore_ascii_case(&name));
    let code = known.map_or_else(|| json!({"text": name}), concept);
    LIST.check_new(&mut problems, facts.patient, facts.problems, &code);
    let onset = problems.line("onset", &command.onset, 10);
    if let Some(onset) = &onset {
        match Date::parse(onset) {
            None => problems.add("onset", format!("'{onset}' is not a date"), "write it as 2031-03-04"),
            Some(date) if date.days() > date_of(now_us).days() => {
                problems.add("onset", "is in the future", "write the day it began");
            }
            Some(_) => {}
        }
    }
    problems.settle()?;
    let mut condition = json!({
        "resourceType": "Condition",
        "id": id,
        "meta": meta("us-core-condition-problems-health-concerns"),
        "clinicalStatus": LIST.clinical("active"),
        "verificationStatus": LIST.verification("confirmed"),
        "category": [{"coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/condition-category",
            "code": "problem-list-item",
        }]}],
        "code": code,
        "subject": facts.patient.map(reference),
    });
    if let Some(encounter) = facts.encounter {
        condition["encounter"] = reference(encounter);
    }
    if let Some(onset) = onset {
        condition["onsetDateTime"] = onset.into();
    }
    condition["recordedDate"] = instant_text(now_us).into();
    condition["recorder"] = json!({"display": facts.author});
    Ok(condition)
}

/// A problem as it is seen now. All else in it stays.
///
/// # Errors
/// [`EhrError::Fields`].
pub fn revise_problem(
    command: &ReviseProblem,
    facts: &ProblemFacts<'_>,
    now_us: i64,
) -> Result<Value, EhrError> {
    let mut problems = Problems::default();
    let Some(problem) = facts.problems.first() else {
        return Err(EhrError::field("problem", "there is no such problem", "open the list again"));
    };
    if command.status.text().is_none() {
        problems.add("status", "is missing", "choose what it is now");
    }
    let status = problems.one_of("status", &command.status, &PROBLEM_STATES, |row| row.0);
    let reason = reason(&mut problems, &command.reason);
    problems.settle()?;
    let status = status.map_or("active", |row| row.0);
    let mut problem = problem.clone();
    let has_ended = problem.get("abatementDateTime").is_some();
    if let Some(members) = problem.as_object_mut() {
        members.shift_remove("abatementDateTime");
    }
    if status == "refuted" {
        problem["verificationStatus"] = LIST.verification("refuted");
        problem["clinicalStatus"] = LIST.clinical("inactive");
    } else {
        problem["verificationStatus"] = LIST.verification("confirmed");
        problem["clinicalStatus"] = LIST.clinical(status);
    }
    if status == "resolved" || (has_ended && status != "active") {
        problem["abatementDateTime"] = instant_text(now_us).into();
    }
    note(&mut problem, reason.as_deref(), facts.author, now_us);
    Ok(problem)
}
