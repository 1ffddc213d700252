use std::collections::BTreeMap;

use platform::placements::{MatchSummary, MatchView};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use standards::fhir::instant;

use crate::api::call::Call;
use crate::api::given::Nothing;
use crate::problem::Problem;

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct MatchList {
    /// The latest first.
    matches: Vec<RunView>,
}

/// A match that was run.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Match")]
pub(super) struct RunView {
    id: String,
    /// Which round, from 1.
    round: u32,
    /// The seed of the lottery.
    seed: u64,
    by: String,
    at: String,
    /// When its round was decided by it; a dry run decides nothing.
    published: Option<String>,
}

impl From<&MatchSummary> for RunView {
    fn from(one: &MatchSummary) -> Self {
        Self {
            id: one.id.clone(),
            round: one.round,
            seed: one.seed,
            by: one.by.clone(),
            at: instant::format(one.at_us),
            published: one.published_us.map(instant::format),
        }
    }
}

pub(super) fn list(call: &Call<'_>) -> Result<MatchList, Problem> {
    let matches = call.platform().matches(call.person()?)?;
    Ok(MatchList { matches: matches.iter().map(RunView::from).collect() })
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    /// The seed of the lottery; left out, one is drawn.
    seed: Option<u64>,
}

/// A match with all that can be said of it; people and places are called by their ids.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "MatchDetail")]
pub(super) struct DetailView {
    run: RunView,
    /// The place of each learner who got one.
    matched: BTreeMap<String, String>,
    unmatched: Vec<String>,
    /// SHA-256 of each frozen file.
    inputs: BTreeMap<String, String>,
    /// Whether nobody blocks.
    stable: bool,
    /// How many parties would rather have something else that would rather have them.
    blocking: usize,
    /// Why not there, for each wish before the one that was given.
    why: BTreeMap<String, Vec<WhyView>>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "WhyNot")]
pub(super) struct WhyView {
    rank: u32,
    place: String,
    why: String,
}

impl From<MatchView> for DetailView {
    fn from(view: MatchView) -> Self {
        let report = view.report;
        let why = |(person, reasons): (String, Vec<(u32, String, String)>)| {
            let reasons = reasons.into_iter().map(|(rank, place, why)| WhyView { rank, place, why });
            (person, reasons.collect())
        };
        Self {
            run: (&view.summary).into(),
            matched: report.matched.into_iter().map(|one| (one.applicant, one.program)).collect(),
            unmatched: report.unmatched,
            inputs: report.audit.inputs.into_iter().map(|one| (one.file, one.sha256)).collect(),
            stable: report.audit.stable,
            blocking: report.audit.blocking.len(),
            why: view.why.into_iter().map(why).collect(),
        }
    }
}

pub(super) fn run(call: &Call<'_>, given: &Wanted) -> Result<DetailView, Problem> {
    let (platform, person) = (call.platform(), call.person()?);
    let id = platform.run_match(person, given.seed)?;
    Ok(platform.match_view(person, &id)?.into())
}

pub(super) fn read(call: &Call<'_>) -> Result<DetailView, Problem> {
    Ok(call.platform().match_view(call.person()?, call.part("run"))?.into())
}

pub(super) fn publish(call: &Call<'_>, _: &Nothing) -> Result<DetailView, Problem> {
    call.platform().publish_match(call.person()?, call.part("run"))?;
    read(call)
}
