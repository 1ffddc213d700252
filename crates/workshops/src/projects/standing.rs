use schemars::JsonSchema;
use serde::Serialize;

use super::act::Found;
use super::model::{Milestone, Project};
use super::run::Run;

/// A day, in microseconds.
pub const DAY_US: i64 = 86_400_000_000;

/// How far a milestone has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Nothing is handed in.
    Open,
    /// Its newest version waits for a review by a peer.
    HandedIn,
    /// A review of it waits for an answer.
    InReview,
    /// It is reviewed and answered, and waits for the panel.
    Reviewed,
    /// The panel has returned it.
    Returned,
    /// The panel has accepted it.
    Accepted,
}

impl State {
    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::HandedIn => "waits for a review",
            Self::InReview => "waits for an answer",
            Self::Reviewed => "waits for the panel",
            Self::Returned => "returned",
            Self::Accepted => "accepted",
        }
    }
}

/// How a milestone stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Standing {
    /// Its slug.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// The end of the day by which it is handed in, in microseconds since 1970 UTC.
    pub due_us: i64,
    /// How far it has come.
    pub state: State,
    /// The number of the newest version.
    pub version: u32,
    /// Whether its first version came in time; nothing before there is one.
    pub in_time: Option<bool>,
    /// Whether its newest version was reviewed by a peer, and every review of it answered.
    pub reviewed: bool,
    /// What was found in the hospital, as it was looked at last.
    pub found: Vec<Found>,
    /// Checks that were not seen to hold.
    pub unmet: Vec<String>,
}

/// How every milestone of a project stands, in their order.
#[must_use]
pub fn standings(project: &Project, run: &Run) -> Vec<Standing> {
    project.milestones.iter().map(|milestone| standing(milestone, run)).collect()
}

/// How a milestone stands.
#[must_use]
pub fn standing(milestone: &Milestone, run: &Run) -> Standing {
    let due_us = due_us(run.began_us, milestone.due_day);
    let work = run.work.get(&milestone.id);
    let reviewed = work.is_some_and(|work| {
        let mut reviews = work.reviews_of_newest().peekable();
        reviews.peek().is_some() && reviews.all(|review| review.answer.is_some())
    });
    let state = match work {
        None => State::Open,
        Some(work) => match &work.ruling {
            Some(ruling) if ruling.accepted => State::Accepted,
            Some(_) => State::Returned,
            None if reviewed => State::Reviewed,
            None if work.reviews_of_newest().next().is_some() => State::InReview,
            None => State::HandedIn,
        },
    };
    let looked = run.looks.last().map(|look| look.found.as_slice()).unwrap_or_default();
    let found: Vec<Found> = looked.iter().filter(|one| one.milestone == milestone.id).cloned().collect();
    let holds = |check: &&String| found.iter().any(|one| one.check == **check && one.passed);
    Standing {
        unmet: milestone.checks.iter().filter(|check| !holds(check)).cloned().collect(),
        id: milestone.id.clone(),
        title: milestone.title.clone(),
        in_time: work.and_then(|work| work.versions.first()).map(|first| first.at_us < due_us),
        version: work.map_or(0, super::run::Work::newest),
        due_us,
        state,
        reviewed,
        found,
    }
}

/// The end of a day of a project, counted from the one on which it begins.
#[must_use]
pub fn due_us(began_us: i64, day: u32) -> i64 {
    let first = began_us.div_euclid(DAY_US) * DAY_US;
    first.saturating_add((i64::from(day) + 1).saturating_mul(DAY_US))
}
