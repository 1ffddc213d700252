//! What a learner is shown of an attempt.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use standards::fhir::instant;
use store::records::{AttemptId, AttemptState, Person};
use training::attempt::{CheckState, Progress, RUNG_NAMES, offer, progress};
use training::lab::{Check, CheckKind, Modifier, Step};
use training::text::{Escape, Values, fill};

use super::case::Case;
use super::error::LabError;
use super::past::begun_steps;
use super::states::{Standing, States, standing};
use crate::platform::Platform;

/// An attempt as its learner sees it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct AttemptView {
    /// Its id.
    pub id: String,
    /// The lab's slug.
    pub lab: String,
    /// The lab's title.
    pub title: String,
    /// The person's first attempt at this lab is 1, and so on.
    pub number: u32,
    /// `started`, `finished` or `abandoned`.
    pub state: &'static str,
    /// The sandbox in which the work is done, while there is one.
    pub sandbox: Option<String>,
    /// The address of its FHIR server.
    pub fhir: String,
    /// The hospital's own time now, as a FHIR instant.
    pub virtual_now: Option<String>,
    /// When the attempt began, as a FHIR instant.
    pub started: String,
    /// When it was finished, as a FHIR instant.
    pub finished: Option<String>,
    /// Minutes a learner of the lab's level needs.
    pub minutes: u32,
    /// The brief with this learner's values, as Markdown.
    pub brief: String,
    /// The steps, in order.
    pub steps: Vec<StepView>,
    /// Checks that must pass and have.
    pub green: usize,
    /// Checks that must pass.
    pub musts: usize,
    /// Ids of traps that are tripped now.
    pub tripped: Vec<String>,
    /// What the attempt is worth so far, 0 to 1.
    pub score: f64,
    /// Questions for the debrief; none before the lab is finished.
    pub debrief: Vec<String>,
}

/// A step as its learner sees it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct StepView {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether it has begun: a reset can go back to where it did.
    pub begun: bool,
    /// Whether every check that must pass has passed.
    pub done: bool,
    /// Its checks, in order.
    pub checks: Vec<CheckView>,
}

/// A check as its learner sees it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CheckView {
    /// Its id.
    pub id: String,
    /// What must be true.
    pub title: String,
    /// `fhir`, `journal`, `http`, `support` or `answer`.
    pub kind: &'static str,
    /// `must`, `bonus` or `never`.
    pub modifier: &'static str,
    /// How it stands.
    pub standing: Standing,
    /// What should be so, once it has been looked at.
    pub expected: Option<String>,
    /// What was found.
    pub observed: Option<String>,
    /// Where to look.
    pub location: Option<String>,
    /// The question, for a check that asks one.
    pub question: Option<Question>,
    /// Hints taken, in order.
    pub hints: Vec<HintView>,
    /// The next hint, if there is one.
    pub next_hint: Option<HintOffer>,
}

/// A question to the learner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Question {
    /// What is asked.
    pub ask: String,
    /// The shape of an answer, for the empty field.
    pub placeholder: Option<String>,
    /// What the learner answered last.
    pub answer: Option<String>,
}

/// A hint that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct HintView {
    /// What the rung is called.
    pub name: &'static str,
    /// The hint.
    pub text: String,
    /// Whether it was the free one.
    pub free: bool,
}

/// A hint that could be taken.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct HintOffer {
    /// What the rung is called.
    pub name: &'static str,
    /// What it takes from the check's worth, 0 to 1.
    pub price: f64,
    /// Whether it is the free one.
    pub free: bool,
    /// How many rungs are left, this one included.
    pub left: usize,
}

impl Platform {
    /// What a person may see of an attempt: their own, or anyone's for an instructor. `server` is how the server was
    /// addressed, such as `http://127.0.0.1:8080`; addresses in texts begin with it.
    pub fn view_attempt(
        &self,
        person: &Person,
        attempt: &AttemptId,
        server: &str,
    ) -> Result<AttemptView, LabError> {
        let mut case = self.case_seen_by(person, attempt)?;
        let fhir = format!("{server}{}", case.base_url());
        case.values.insert("fhir".to_owned(), Value::from(fhir.as_str()));
        let (states, _) = self.states(case.id())?;
        let answers = self.records.answer_latest(case.id())?;
        let answers = answers.into_iter().map(|answer| (answer.check, answer.value)).collect();
        let access = case.attempt.sandbox.is_some().then(|| self.own_access(&case)).transpose()?;
        let begun = access.as_ref().map(|access| begun_steps(access.sandbox())).transpose()?;
        let seen = Seen { case: &case, states, answers, begun: begun.unwrap_or_default() };
        Ok(seen.view(fhir, access.map(|access| instant::format(access.virtual_us()))))
    }
}

/// Everything a view is made of.
struct Seen<'a> {
    case: &'a Case,
    states: States,
    answers: BTreeMap<String, String>,
    begun: BTreeMap<String, i64>,
}

impl Seen<'_> {
    fn view(&self, fhir: String, virtual_now: Option<String>) -> AttemptView {
        let Case { attempt, values, .. } = self.case;
        let (lab, variant) = (self.case.lab(), self.case.variant());
        let progress = progress(variant, &self.states);
        let finished = attempt.state == AttemptState::Finished;
        let debrief = if finished { lab.debrief.as_slice() } else { &[] };
        AttemptView {
            id: attempt.id.to_string(),
            lab: lab.id.clone(),
            title: lab.title.clone(),
            number: attempt.number,
            state: attempt.state.word(),
            sandbox: attempt.sandbox.as_ref().map(ToString::to_string),
            fhir,
            virtual_now,
            started: instant::format(attempt.started_us),
            finished: attempt.finished_us.filter(|_| finished).map(instant::format),
            minutes: lab.minutes,
            brief: fill(&lab.brief, values, Escape::Markdown).unwrap_or_else(|_| lab.brief.clone()),
            steps: variant
                .steps
                .iter()
                .enumerate()
                .map(|(at, step)| self.step(at, step, &progress))
                .collect(),
            green: progress.steps.iter().map(|step| step.green).sum(),
            musts: progress.steps.iter().map(|step| step.musts).sum(),
            tripped: progress.tripped,
            score: progress.score,
            debrief: debrief.iter().map(|question| plain(question, values)).collect(),
        }
    }

    fn step(&self, at: usize, step: &Step, progress: &Progress) -> StepView {
        StepView {
            id: step.id.clone(),
            title: self.plain(&step.title),
            begun: at == 0 || self.begun.contains_key(&step.id),
            done: progress.steps.get(at).is_some_and(training::attempt::StepProgress::done),
            checks: step.checks.iter().map(|check| self.check(check)).collect(),
        }
    }

    fn check(&self, check: &Check) -> CheckView {
        let state = self.states.get(&check.id).cloned().unwrap_or_default();
        let verdict = state.verdict.clone();
        CheckView {
            id: check.id.clone(),
            title: self.plain(&check.title),
            kind: kind(&check.kind),
            modifier: modifier(check.modifier),
            standing: standing(check, &state),
            expected: verdict.as_ref().map(|verdict| verdict.expected.clone()),
            observed: verdict.as_ref().map(|verdict| verdict.observed.clone()),
            location: verdict.and_then(|verdict| verdict.location),
            question: self.question(check),
            hints: self.hints(check, &state),
            next_hint: offer(check, &state).ok().map(|offer| HintOffer {
                name: offer.name,
                price: offer.price,
                free: offer.free,
                left: check.hints.len() - offer.rung,
            }),
        }
    }

    fn question(&self, check: &Check) -> Option<Question> {
        let CheckKind::Answer { ask, placeholder, .. } = &check.kind else { return None };
        Some(Question {
            ask: self.plain(ask),
            placeholder: placeholder.as_deref().map(|text| self.plain(text)),
            answer: self.answers.get(&check.id).filter(|answer| !answer.is_empty()).cloned(),
        })
    }

    fn hints(&self, check: &Check, state: &CheckState) -> Vec<HintView> {
        let taken = check.hints.iter().zip(&state.hints).enumerate();
        taken
            .map(|(rung, (text, free))| HintView {
                name: RUNG_NAMES[rung.min(RUNG_NAMES.len() - 1)],
                text: self.plain(text),
                free: *free,
            })
            .collect()
    }

    fn plain(&self, text: &str) -> String {
        plain(text, &self.case.values)
    }
}

/// A text with its values; as the author wrote it where one is missing, which the lab's proof does not let through.
pub(super) fn plain(text: &str, values: &Values) -> String {
    fill(text, values, Escape::Plain).unwrap_or_else(|_| text.to_owned())
}

fn kind(kind: &CheckKind) -> &'static str {
    match kind {
        CheckKind::Fhir { .. } => "fhir",
        CheckKind::Journal { .. } => "journal",
        CheckKind::Http(_) => "http",
        CheckKind::Support(_) => "support",
        CheckKind::Message(_) => "message",
        CheckKind::Record(_) => "record",
        CheckKind::Rows(_) => "rows",
        CheckKind::Release(_) => "release",
        CheckKind::Channel(_) => "channel",
        CheckKind::Reach(_) => "reach",
        CheckKind::Security(_) => "security",
        CheckKind::Ledger(_) => "ledger",
        CheckKind::Service(_) => "service",
        CheckKind::Bedside(_) => "bedside",
        CheckKind::Flow(_) => "flow",
        CheckKind::Answer { .. } => "answer",
    }
}

fn modifier(modifier: Modifier) -> &'static str {
    match modifier {
        Modifier::Must => "must",
        Modifier::Bonus => "bonus",
        Modifier::Never => "never",
    }
}
