use platform::mentoring::{Pair, Request, Side};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use standards::fhir::instant;

use crate::api::call::Call;
use crate::api::given::Nothing;
use crate::api::me::PersonView;
use crate::problem::Problem;

/// The caller's pairs and open requests.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct MentoringView {
    pairs: Vec<TieView>,
    /// Requests that wait for an answer.
    requests: Vec<TieView>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "MentoringTie")]
pub(super) struct TieView {
    /// The id to answer it by.
    id: String,
    /// The other one.
    other: PersonView,
    /// Whether the caller mentors, rather than learns.
    mentors: bool,
    /// Why these two.
    why: String,
    /// Since when they are a pair, or until when an answer is awaited.
    at: String,
}

fn of_pair(pair: &Pair) -> TieView {
    TieView {
        id: pair.id.clone(),
        other: (&pair.other).into(),
        mentors: pair.side == Side::Mentor,
        why: pair.why.clone(),
        at: instant::format(pair.since_us),
    }
}

fn of_request(request: &Request) -> TieView {
    TieView {
        id: request.id.clone(),
        other: (&request.other).into(),
        mentors: request.side == Side::Mentor,
        why: request.why.clone(),
        at: instant::format(request.until_us),
    }
}

pub(super) fn read(call: &Call<'_>) -> Result<MentoringView, Problem> {
    let (platform, person) = (call.platform(), call.person()?);
    Ok(MentoringView {
        pairs: platform.pairs_of(person)?.iter().map(of_pair).collect(),
        requests: platform.requests_of(person)?.iter().map(of_request).collect(),
    })
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Answer {
    /// The id of the request.
    request: String,
    /// Whether the caller takes them on.
    yes: bool,
}

pub(super) fn answer(call: &Call<'_>, given: &Answer) -> Result<MentoringView, Problem> {
    call.platform().answer_ask(call.person()?, &given.request, given.yes)?;
    read(call)
}

/// The pairs that would be made now.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PlanView {
    /// What a mentor can teach of what is wanted counts so much of 100.
    weight_skill: u32,
    /// Hours of the day in common count so much of 100.
    weight_hours: u32,
    pairs: Vec<ProposalView>,
    /// Who is left without.
    without: Vec<PersonView>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ProposedPair")]
pub(super) struct ProposalView {
    learner: PersonView,
    mentor: PersonView,
    /// 0 to 1,000.
    worth: u32,
    why: String,
}

pub(super) fn plan(call: &Call<'_>) -> Result<PlanView, Problem> {
    let plan = call.platform().plan_pairs(call.person()?)?;
    let view = |one: &platform::mentoring::Proposal| ProposalView {
        learner: (&one.learner).into(),
        mentor: (&one.mentor).into(),
        worth: one.fit.worth,
        why: one.fit.to_string(),
    };
    Ok(PlanView {
        weight_skill: plan.weights.skill,
        weight_hours: plan.weights.hours,
        pairs: plan.proposals.iter().map(view).collect(),
        without: plan.without.iter().map(PersonView::from).collect(),
    })
}

/// How many mentors were asked.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Asked {
    asked: usize,
}

pub(super) fn ask(call: &Call<'_>, _: &Nothing) -> Result<Asked, Problem> {
    Ok(Asked { asked: call.platform().ask_mentors(call.person()?)? })
}
