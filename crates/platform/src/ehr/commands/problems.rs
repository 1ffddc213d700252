//! The problem list and the allergies.

use hospital::ehr::{
    AddProblem, AllergyFacts, ProblemFacts, RecordAllergy, ReviseAllergy, ReviseProblem, add_problem,
    record_allergy as decide_allergy, revise_allergy as decide_revision, revise_problem,
};
use serde_json::Value;

use super::decide::{Decision, Occasion, Write, person_or_id, version};
use super::desk::{Desk, id_of, patient_of};
use super::error::CommandError;

pub(super) fn record_allergy(
    command: &RecordAllergy,
    desk: &Desk<'_>,
    occasion: &mut Occasion<'_>,
) -> Result<Decision, CommandError> {
    let patient = desk.named("Patient", &command.patient)?;
    let id = patient.as_ref().map_or("", id_of).to_owned();
    let allergies = desk.of_patient("AllergyIntolerance", &id)?;
    let facts = AllergyFacts { patient: patient.as_ref(), allergies: &allergies, author: occasion.author };
    let allergy = decide_allergy(command, &facts, occasion.now_us, &(occasion.new_id)())?;
    let message = format!("Recorded an allergy of {}.", person_or_id(patient.as_ref()));
    Ok(Decision { patient: id, writes: vec![Write::New(allergy)], message, ..Decision::default() })
}

pub(super) fn revise_allergy(
    command: &ReviseAllergy,
    desk: &Desk<'_>,
    occasion: &mut Occasion<'_>,
) -> Result<Decision, CommandError> {
    let version = version(&command.expected_version)?;
    let allergies: Vec<Value> = desk.named("AllergyIntolerance", &command.allergy)?.into_iter().collect();
    let facts = AllergyFacts { patient: None, allergies: &allergies, author: occasion.author };
    let revised = decide_revision(command, &facts, occasion.now_us)?;
    let patient = patient_of(&revised).unwrap_or_default().to_owned();
    let message = "Revised the allergy.".to_owned();
    Ok(Decision { patient, writes: vec![Write::Next(revised, version)], message, ..Decision::default() })
}

pub(super) fn add(
    command: &AddProblem,
    desk: &Desk<'_>,
    occasion: &mut Occasion<'_>,
) -> Result<Decision, CommandError> {
    let patient = desk.named("Patient", &command.patient)?;
    let encounter = desk.occasion(&command.encounter, patient.as_ref())?;
    let id = patient.as_ref().map_or("", id_of).to_owned();
    let problems = desk.of_patient("Condition", &id)?;
    let facts = ProblemFacts {
        patient: patient.as_ref(),
        encounter: encounter.as_ref(),
        problems: &problems,
        author: occasion.author,
    };
    let problem = add_problem(command, &facts, occasion.now_us, &(occasion.new_id)())?;
    let message = format!("Added a problem of {}.", person_or_id(patient.as_ref()));
    Ok(Decision { patient: id, writes: vec![Write::New(problem)], message, ..Decision::default() })
}

pub(super) fn revise(
    command: &ReviseProblem,
    desk: &Desk<'_>,
    occasion: &mut Occasion<'_>,
) -> Result<Decision, CommandError> {
    let version = version(&command.expected_version)?;
    let problems: Vec<Value> = desk.named("Condition", &command.problem)?.into_iter().collect();
    let facts = ProblemFacts { problems: &problems, author: occasion.author, ..ProblemFacts::default() };
    let revised = revise_problem(command, &facts, occasion.now_us)?;
    let patient = patient_of(&revised).unwrap_or_default().to_owned();
    let message = "Revised the problem.".to_owned();
    Ok(Decision { patient, writes: vec![Write::Next(revised, version)], message, ..Decision::default() })
}
