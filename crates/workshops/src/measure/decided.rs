use schemars::JsonSchema;
use serde::Serialize;

use super::situation::percent;
use crate::model::{Case, Decision, Key};
use crate::run::{MINUTE_US, Run};

/// What was decided, against the key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Decided {
    /// Points of a hundred: best 100, sound 60, poor and undecided 0, on average.
    pub points: u32,
    /// How many of the facts that decisions needed were on the table when they were taken, in percent.
    pub informed: u32,
    /// Each decision.
    pub choices: Vec<Choice>,
}

/// One decision, against the key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Choice {
    /// Its slug.
    pub decision: String,
    /// The question.
    pub title: String,
    /// What was decided, in words; nothing, where nobody did.
    pub chosen: Option<String>,
    /// How good that is.
    pub key: Option<Key>,
    /// Why.
    pub why: String,
    /// What would have been best, in words.
    pub best: String,
    /// Needed facts that were on the table when it was taken, and how many were needed.
    pub known: (usize, usize),
    /// In which minute of the hospital.
    pub minute: Option<i64>,
}

/// Every decision that was open by now, against the key.
pub(super) fn decided(case: &Case, run: &Run) -> Decided {
    let open = case.decisions.iter().filter(|one| run.play.is_open(case, one));
    let choices: Vec<Choice> = open.map(|decision| choice(run, decision)).collect();
    let points: usize = choices.iter().filter_map(|one| one.key).map(|key| key.points() as usize).sum();
    let known: usize = choices.iter().map(|one| one.known.0).sum();
    let needed: usize = choices.iter().map(|one| one.known.1).sum();
    Decided { points: percent(points, choices.len() * 100), informed: percent(known, needed), choices }
}

fn choice(run: &Run, decision: &Decision) -> Choice {
    let entry = run.play.log.iter().find(|entry| entry.decision == decision.id);
    let option = entry.and_then(|entry| decision.option(&entry.option));
    let best = decision.options.iter().find(|option| option.key == Key::Best);
    let by_then = |fact: &&String| {
        let shared = run.play.shared.iter().filter(|one| one.fact == **fact && one.to.is_none());
        entry.is_some_and(|entry| shared.into_iter().any(|one| one.at_us <= entry.at_us))
    };
    Choice {
        decision: decision.id.clone(),
        title: decision.title.clone(),
        chosen: option.map(|option| option.says.clone()),
        key: option.map(|option| option.key),
        why: option.map_or_else(String::new, |option| option.why.clone()),
        best: best.map_or_else(String::new, |option| option.says.clone()),
        known: (decision.needs.iter().filter(by_then).count(), decision.needs.len()),
        minute: entry.map(|entry| (entry.at_us - run.play.begun_us) / MINUTE_US),
    }
}
