use schemars::JsonSchema;
use serde::Serialize;

use super::projection::Viewer;
use crate::model::{Case, Decision, Key};
use crate::run::{LogEntry, Run};

/// A decision, as somebody sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DecisionSeen {
    /// Its slug.
    pub id: String,
    /// The question.
    pub title: String,
    /// What can be decided.
    pub options: Vec<OptionSeen>,
    /// Whether a secret ballot comes first.
    pub ballot: bool,
    /// How many roles have voted; not which.
    pub voted: usize,
    /// What the viewer's role voted for.
    pub my_vote: Option<String>,
    /// The ballot's outcome, once it is revealed: numbers, and no names.
    pub tally: Option<Vec<Tally>>,
    /// What the log says, once it is decided.
    pub log: Option<LogSeen>,
    /// How it compares with the key; for the facilitator, and for everybody when the workshop is over.
    pub key: Option<Vec<Verdict>>,
}

/// Something that can be decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OptionSeen {
    /// Its slug.
    pub id: String,
    /// What it is.
    pub says: String,
}

/// How many voted for something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Tally {
    /// The option's slug.
    pub option: String,
    /// How many roles.
    pub votes: usize,
}

/// The key for one option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Verdict {
    /// The option's slug.
    pub option: String,
    /// How good it is.
    pub key: Key,
    /// Why.
    pub why: String,
}

/// An entry of the decision log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LogSeen {
    /// The option's slug.
    pub option: String,
    /// Which role wrote it down: its title.
    pub role: String,
    /// Why.
    pub because: String,
    /// The facts it rests on, in words.
    pub evidence: Vec<String>,
    /// Entries of the hospital's journal it rests on.
    pub journal: Vec<u64>,
    /// Which role sees to it: its title.
    pub owner: String,
    /// When it is looked at again.
    pub review: String,
    /// Who does not agree, and why.
    pub dissent: Vec<(String, String)>,
    /// When, microseconds since 1970 UTC on the hospital's clock.
    pub at_us: i64,
}

/// The decisions that are open by now or were taken, in the order of the file.
pub(super) fn decisions(case: &Case, run: &Run, viewer: Viewer<'_>) -> Vec<DecisionSeen> {
    let open = case.decisions.iter().filter(|one| run.play.is_open(case, one));
    open.map(|decision| seen(case, run, viewer, decision)).collect()
}

fn seen(case: &Case, run: &Run, viewer: Viewer<'_>, decision: &Decision) -> DecisionSeen {
    let ballot = run.play.ballots.get(&decision.id);
    let my_vote = ballot.zip(viewer.role()).and_then(|(ballot, role)| ballot.votes.get(role).cloned());
    let votes = |option: &str| {
        ballot.map_or(0, |ballot| ballot.votes.values().filter(|vote| *vote == option).count())
    };
    let options = decision.options.iter();
    let tally = |id: &String| Tally { option: id.clone(), votes: votes(id) };
    let verdict =
        |one: &crate::model::Opt| Verdict { option: one.id.clone(), key: one.key, why: one.why.clone() };
    let shows_key = viewer.facilitates() || run.play.ended_us.is_some();
    DecisionSeen {
        id: decision.id.clone(),
        title: decision.title.clone(),
        options: options
            .clone()
            .map(|one| OptionSeen { id: one.id.clone(), says: one.says.clone() })
            .collect(),
        ballot: decision.ballot,
        voted: ballot.map_or(0, |ballot| ballot.votes.len()),
        my_vote,
        tally: ballot
            .filter(|ballot| ballot.revealed)
            .map(|_| options.clone().map(|one| tally(&one.id)).collect()),
        log: run.play.log.iter().find(|entry| entry.decision == decision.id).map(|entry| log(case, entry)),
        key: shows_key.then(|| options.map(verdict).collect()),
    }
}

fn log(case: &Case, entry: &LogEntry) -> LogSeen {
    let fact = |id: &String| case.fact(id).map(|(_, fact)| fact.says.clone());
    let title = |role: &str| case.role_title(role).to_owned();
    LogSeen {
        option: entry.option.clone(),
        role: title(&entry.role),
        because: entry.because.clone(),
        evidence: entry.evidence.iter().filter_map(fact).collect(),
        journal: entry.journal.clone(),
        owner: title(&entry.owner),
        review: entry.review.clone(),
        dissent: entry.dissent.iter().map(|(role, text)| (title(role), text.clone())).collect(),
        at_us: entry.at_us,
    }
}
