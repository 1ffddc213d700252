//! How everyone stands, for instructors.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use standards::fhir::instant;
use store::records::{Answer, Attempt, AttemptState, Person, PersonId, Reset, Role, Verdict};
use training::attempt::{CheckState, progress};
use training::lab::{Modifier, Variant};

use super::error::LabError;
use super::stand_ins::is_stand_in;
use super::states::{Standing, States, standing};
use crate::platform::Platform;

/// So long without a check coming to pass, with one that fails, and a learner counts as stuck.
const STUCK_US: i64 = 10 * 60 * 1_000_000;

/// Where a learner is in a lab.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LabState {
    /// Never begun, or given up.
    NotStarted,
    /// Under way.
    InProgress,
    /// Under way, but for ten minutes nothing has come to pass and a check fails.
    Stuck,
    /// Every check that must pass has passed.
    Finished,
}

/// One learner in one lab.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct LabCell {
    /// The lab.
    pub lab: String,
    /// Where they are.
    pub state: LabState,
    /// Their attempt, when they have begun.
    pub attempt: Option<String>,
    /// Its number, from 1; 0 before the first.
    pub number: u32,
    /// Checks that must pass and have.
    pub green: usize,
    /// Checks that must pass.
    pub musts: usize,
    /// What the attempt is worth so far, 0 to 1.
    pub score: f64,
    /// Hints taken.
    pub hints: usize,
    /// The first check that does not hold, by title.
    pub failing: Option<String>,
    /// When a check last came to pass or ceased to, or else when the attempt began, as a FHIR instant.
    pub changed: Option<String>,
}

impl LabCell {
    /// Somebody who has not begun.
    pub(crate) fn not_started(lab: &str) -> Self {
        Self {
            lab: lab.to_owned(),
            state: LabState::NotStarted,
            attempt: None,
            number: 0,
            green: 0,
            musts: 0,
            score: 0.0,
            hints: 0,
            failing: None,
            changed: None,
        }
    }
}

/// A lab as the head of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LabHead {
    /// The slug.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// A learner's row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LearnerRow {
    /// Who.
    pub person: Person,
    /// Where they are in each lab, in the order of the columns.
    pub labs: Vec<LabCell>,
}

/// How everyone stands in every lab.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Overview {
    /// The columns.
    pub labs: Vec<LabHead>,
    /// The rows, by name.
    pub learners: Vec<LearnerRow>,
}

/// One learner, attempt by attempt.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LearnerDetail {
    /// Who.
    pub person: Person,
    /// Their attempts, newest first.
    pub attempts: Vec<AttemptDetail>,
}

/// One attempt, with its evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AttemptDetail {
    /// Where it is.
    pub cell: LabCell,
    /// The variant, and what makes it different.
    pub variant: String,
    /// When it began, as a FHIR instant.
    pub started: String,
    /// When it ended, as a FHIR instant.
    pub ended: Option<String>,
    /// Its sandbox, while there is one.
    pub sandbox: Option<String>,
    /// Every check, in order, with the exact test behind its verdict.
    pub checks: Vec<CheckDetail>,
    /// Every verdict ever given, oldest first.
    pub verdicts: Vec<Verdict>,
    /// Every answer ever given, oldest first.
    pub answers: Vec<Answer>,
    /// Every time they started over.
    pub resets: Vec<Reset>,
}

/// One check of an attempt, for an instructor.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckDetail {
    /// The check.
    pub id: String,
    /// What must be true.
    pub title: String,
    /// How it stands.
    pub standing: Standing,
    /// The exact test and its result.
    pub detail: Option<String>,
    /// Hints taken.
    pub hints: usize,
}

impl Platform {
    /// How everyone stands in every lab.
    ///
    /// # Errors
    /// [`LabError::NotInstructor`] for everybody but instructors.
    pub fn overview(&self, instructor: &Person) -> Result<Overview, LabError> {
        check_instructor(instructor)?;
        let catalogue = self.catalogue();
        let mut latest: BTreeMap<(PersonId, String), Attempt> = self
            .records
            .standing_list()?
            .into_iter()
            .map(|standing| {
                ((standing.attempt.person.clone(), standing.attempt.lab.clone()), standing.attempt)
            })
            .filter(|(_, attempt)| attempt.state != AttemptState::Abandoned)
            .collect();
        let learners = self.records.person_list()?.into_iter();
        let learners = learners.filter(|person| person.role == Role::Learner && !is_stand_in(person));
        let row = |person: Person| {
            let cell = |lab: &str| self.cell(lab, latest.remove(&(person.id.clone(), lab.to_owned())));
            let labs =
                catalogue.labs.iter().map(|lab| &*lab.id).map(cell).collect::<Result<_, LabError>>()?;
            Ok(LearnerRow { person, labs })
        };
        let learners = learners.map(row).collect::<Result<_, LabError>>()?;
        let head = |lab: &training::lab::Lab| LabHead { id: lab.id.clone(), title: lab.title.clone() };
        Ok(Overview { labs: catalogue.labs.iter().map(head).collect(), learners })
    }

    /// One learner with all their attempts and the evidence in them.
    ///
    /// # Errors
    /// [`LabError::NotInstructor`] for everybody but instructors; [`StoreError::NotFound`](store::StoreError::NotFound)
    /// if there is no such person.
    pub fn learner_detail(&self, instructor: &Person, learner: &PersonId) -> Result<LearnerDetail, LabError> {
        check_instructor(instructor)?;
        let found = self.records.person(learner)?;
        let what = || store::StoreError::NotFound { what: format!("person {learner}") };
        let person = found.ok_or_else(what)?;
        let attempts = self.records.attempt_list_of(learner)?;
        let attempts = attempts.into_iter().map(|attempt| self.attempt_detail(attempt));
        Ok(LearnerDetail { person, attempts: attempts.collect::<Result<_, LabError>>()? })
    }

    /// Where someone is in a lab, by their latest attempt.
    pub(crate) fn cell(&self, lab: &str, attempt: Option<Attempt>) -> Result<LabCell, LabError> {
        let Some(attempt) = attempt else { return Ok(LabCell::not_started(lab)) };
        let (states, changed_us) = self.states(&attempt.id)?;
        Ok(self.cell_of(attempt, &states, changed_us))
    }

    /// Where someone is in a lab, by an attempt and what is known of its checks.
    pub(crate) fn cell_of(&self, attempt: Attempt, states: &States, changed_us: Option<i64>) -> LabCell {
        let changed_us = changed_us.unwrap_or(attempt.started_us);
        let begun = LabCell {
            attempt: Some(attempt.id.to_string()),
            number: attempt.number,
            hints: states.values().map(|state| state.hints.len()).sum(),
            changed: Some(instant::format(changed_us)),
            ..LabCell::not_started(&attempt.lab)
        };
        let finished = attempt.state == AttemptState::Finished;
        // A lab that has left the catalogue, or a variant of it, can still have been finished.
        let Ok(case) = self.case(attempt) else {
            return LabCell {
                state: if finished { LabState::Finished } else { LabState::NotStarted },
                ..begun
            };
        };
        let progress = progress(case.variant(), states);
        let failing = failing(case.variant(), states);
        let still = self.clock.now_us() - changed_us >= STUCK_US;
        let state = match (finished, &failing) {
            (true, _) => LabState::Finished,
            (false, Some(_)) if still => LabState::Stuck,
            (false, _) => LabState::InProgress,
        };
        let filled = |title: String| super::view::plain(&title, &case.values);
        LabCell {
            state,
            green: progress.steps.iter().map(|step| step.green).sum(),
            musts: progress.steps.iter().map(|step| step.musts).sum(),
            score: progress.score,
            failing: failing.map(filled),
            ..begun
        }
    }

    fn attempt_detail(&self, attempt: Attempt) -> Result<AttemptDetail, LabError> {
        let (states, _) = self.states(&attempt.id)?;
        let case = self.case(attempt.clone()).ok();
        let checks = case.iter().flat_map(|case| {
            case.variant().checks().map(|check| {
                let state = states.get(&check.id).cloned().unwrap_or_default();
                CheckDetail {
                    id: check.id.clone(),
                    title: super::view::plain(&check.title, &case.values),
                    standing: standing(check, &state),
                    detail: state.verdict.map(|verdict| verdict.detail),
                    hints: state.hints.len(),
                }
            })
        });
        let title = case.as_ref().map_or("", |case| &case.variant().title);
        Ok(AttemptDetail {
            variant: format!("{}: {title}", attempt.variant),
            started: instant::format(attempt.started_us),
            ended: attempt.finished_us.map(instant::format),
            sandbox: attempt.sandbox.as_ref().map(ToString::to_string),
            checks: checks.collect(),
            verdicts: self.records.verdict_history(&attempt.id)?,
            answers: self.records.answer_history(&attempt.id)?,
            resets: self.records.reset_list(&attempt.id)?,
            cell: self.cell(&attempt.lab.clone(), Some(attempt))?,
        })
    }
}

fn check_instructor(person: &Person) -> Result<(), LabError> {
    if person.role == Role::Instructor { Ok(()) } else { Err(LabError::NotInstructor) }
}

/// The first check that has been looked at and does not hold.
fn failing(variant: &Variant, states: &BTreeMap<String, CheckState>) -> Option<String> {
    let fails = |id: &str| states.get(id).and_then(|state| state.verdict.as_ref()).is_some_and(|v| !v.passed);
    let counts = variant.checks().filter(|check| check.modifier != Modifier::Bonus);
    counts.filter(|check| fails(&check.id)).map(|check| check.title.clone()).next()
}
