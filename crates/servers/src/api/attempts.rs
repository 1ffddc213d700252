use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use platform::labs::{Attempt, AttemptId, AttemptView, Grain, Hint, Start};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use standards::fhir::instant;

use super::call::{Call, Caller};
use super::given::Nothing;
use super::past::Undone;
use crate::hands::InHouse;
use crate::live;
use crate::problem::Problem;
use crate::state::App;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewAttempt {
    /// The lab's slug.
    lab: String,
    /// This one of the lab's problems; chosen for the learner, if left out.
    variant: Option<String>,
    /// Gives up an attempt that is under way, and begins another.
    #[serde(default)]
    anew: bool,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct AttemptItem {
    id: String,
    lab: String,
    /// The person's first attempt at this lab is 1, and so on.
    number: u32,
    /// `started`, `finished` or `abandoned`.
    state: &'static str,
    /// Where the work is done, while there is a place.
    sandbox: Option<String>,
    started: String,
    /// When it was finished or abandoned.
    ended: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct AttemptList {
    /// Newest first.
    attempts: Vec<AttemptItem>,
}

#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum GrainWord {
    /// One step and those after it.
    Step,
    /// The lab, from its start.
    Lab,
    /// The sandbox with its snapshots and journal.
    Sandbox,
    /// Every lab of the track, as new attempts.
    Track,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewReset {
    /// How much to start over.
    grain: GrainWord,
    /// Which step, for the grain `step`.
    step: Option<String>,
}

impl NewReset {
    fn grain(&self) -> Result<Grain, Problem> {
        match (self.grain, &self.step) {
            (GrainWord::Step, Some(step)) => Ok(Grain::Step(step.clone())),
            (GrainWord::Lab, None) => Ok(Grain::Lab),
            (GrainWord::Sandbox, None) => Ok(Grain::Sandbox),
            (GrainWord::Track, None) => Ok(Grain::Track),
            (GrainWord::Step, None) => Err(unfit("name the step to start over")),
            (_, Some(_)) => Err(unfit("only the grain 'step' has a step; leave it out")),
        }
    }
}

fn unfit(what: &str) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, what)
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ForCheck {
    /// The check's id.
    check: String,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewAnswer {
    /// The id of the check that asks.
    check: String,
    /// The answer, word for word.
    value: String,
}

impl From<Attempt> for AttemptItem {
    fn from(attempt: Attempt) -> Self {
        Self {
            id: attempt.id.to_string(),
            lab: attempt.lab,
            number: attempt.number,
            state: attempt.state.word(),
            sandbox: attempt.sandbox.map(|sandbox| sandbox.to_string()),
            started: instant::format(attempt.started_us),
            ended: attempt.finished_us.map(instant::format),
        }
    }
}

pub(super) fn list(call: &Call<'_>) -> Result<AttemptList, Problem> {
    let attempts = call.platform().attempts_of(call.person()?)?;
    Ok(AttemptList { attempts: attempts.into_iter().map(AttemptItem::from).collect() })
}

pub(super) fn start(call: &Call<'_>, given: &NewAttempt) -> Result<AttemptView, Problem> {
    let how = Start { anew: given.anew, variant: given.variant.clone(), seed: None };
    let attempt = call.platform().start_attempt(call.person()?, &given.lab, &how)?;
    view(call, &attempt.id)
}

pub(super) fn read(call: &Call<'_>) -> Result<AttemptView, Problem> {
    view(call, &named(call))
}

pub(super) fn check(call: &Call<'_>, _: &Nothing) -> Result<AttemptView, Problem> {
    call.platform().check_attempt(call.person()?, &named(call), &hands(call))?;
    read(call)
}

pub(super) fn reset(call: &Call<'_>, given: &NewReset) -> Result<AttemptView, Problem> {
    let next = call.platform().reset_attempt(call.person()?, &named(call), &given.grain()?)?;
    view(call, &next.id)
}

pub(super) fn hint(call: &Call<'_>, given: &ForCheck) -> Result<Hint, Problem> {
    Ok(call.platform().take_hint(call.person()?, &named(call), &given.check)?)
}

pub(super) fn answer(call: &Call<'_>, given: &NewAnswer) -> Result<AttemptView, Problem> {
    call.platform().answer(call.person()?, &named(call), &given.check, &given.value, &hands(call))?;
    read(call)
}

pub(super) fn undo(call: &Call<'_>, _: &Nothing) -> Result<Undone, Problem> {
    Ok(Undone { undone: call.platform().undo_in_attempt(call.person()?, &named(call))? })
}

/// The attempt as an event named `attempt`, then what changes in it, each time anything does. It has been read before, so
/// the caller may see it.
pub(super) fn follow(app: App, caller: &Caller) -> Response {
    match caller.signed_in() {
        Ok(who) => {
            live::attempt(app, who.clone(), AttemptId::from(caller.part("id")), caller.base_url.clone())
        }
        Err(problem) => problem.into_response(),
    }
}

fn named(call: &Call<'_>) -> AttemptId {
    AttemptId::from(call.part("id"))
}

fn view(call: &Call<'_>, attempt: &AttemptId) -> Result<AttemptView, Problem> {
    Ok(call.platform().view_attempt(call.person()?, attempt, &call.caller.base_url)?)
}

/// What a check's probes reach the faces with.
fn hands(call: &Call<'_>) -> InHouse {
    InHouse::new(call.app.clone())
}
