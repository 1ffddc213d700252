use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::act::ItemState;
use super::model::Project;
use super::run::Run;
use super::standing::{State, standings};
use super::words::MARK_MAX;

/// What came of a project, each of a hundred. They are the team's; nothing here is about one of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Figures {
    /// Milestones that were accepted.
    pub accepted: f64,
    /// Milestones whose newest version was reviewed by a peer and answered.
    pub reviewed: f64,
    /// Milestones whose first version came in time.
    pub in_time: f64,
    /// Checks that held when the hospital was looked at last; all of them, where there are none.
    pub hospital: f64,
    /// Members with at least half of an equal part of what is on record: artefacts, reviews, things done.
    pub shared: f64,
    /// Members whose statement every other confirmed.
    pub confirmed: f64,
    /// Marks of the defence.
    pub defence: f64,
}

/// What the project's own record says of somebody: pieces of work, and nothing about how much they talked or typed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Did {
    /// Versions they wrote, alone or with others.
    pub versions: usize,
    /// Reviews they gave.
    pub reviews: usize,
    /// Reviews they answered.
    pub answers: usize,
    /// Things of the backlog they saw to, and that are done.
    pub items: usize,
}

impl Did {
    /// How many pieces of work it is.
    #[must_use]
    pub fn pieces(&self) -> usize {
        self.versions + self.reviews + self.items
    }
}

impl Figures {
    /// The figures by name.
    #[must_use]
    pub fn named(&self) -> BTreeMap<&'static str, f64> {
        let Self { accepted, reviewed, in_time, hospital, shared, confirmed, defence } = *self;
        BTreeMap::from([
            ("accepted", accepted),
            ("reviewed", reviewed),
            ("in-time", in_time),
            ("hospital", hospital),
            ("shared", shared),
            ("confirmed", confirmed),
            ("defence", defence),
        ])
    }

    /// What it is worth as evidence, 0 to 1: what was accepted, what was found in the hospital, and the defence.
    #[must_use]
    pub fn share(&self) -> f64 {
        (self.accepted + self.hospital + self.defence) / 300.0
    }
}

/// What the record says of a member.
#[must_use]
pub fn did(run: &Run, who: &str) -> Did {
    let work = || run.work.values();
    let is_owner = |owner: Option<&String>| owner.is_some_and(|owner| owner == who);
    Did {
        versions: work()
            .flat_map(|work| &work.versions)
            .filter(|version| version.authors().any(|author| author == who))
            .count(),
        reviews: work().flat_map(|work| &work.reviews).filter(|review| review.by == who).count(),
        answers: work()
            .flat_map(|work| &work.reviews)
            .filter(|review| review.answer.as_ref().is_some_and(|(by, _)| by == who))
            .count(),
        items: run
            .items
            .iter()
            .filter(|item| item.state == ItemState::Done && is_owner(item.owner.as_ref()))
            .count(),
    }
}

/// What came of a project so far.
#[must_use]
pub fn measure(project: &Project, run: &Run) -> Figures {
    let all = standings(project, run);
    let checks = all.iter().flat_map(|one| &one.found);
    let wanted: usize = project.milestones.iter().map(|one| one.checks.len()).sum();
    let pieces: Vec<usize> = run.members.iter().map(|member| did(run, member).pieces()).collect();
    let total: usize = pieces.iter().sum();
    // At least half of an equal part: twice their own, times the team, reaches the whole.
    let carries = |own: &&usize| total > 0 && **own * 2 * pieces.len() >= total;
    let is_confirmed = |member: &&String| {
        let others = run.members.iter().filter(|other| other != member);
        let statement = run.statements.get(*member);
        statement.is_some_and(|statement| {
            others.into_iter().all(|other| statement.words.get(other).is_some_and(|(agrees, _)| *agrees))
        })
    };
    Figures {
        accepted: percent(all.iter().filter(|one| one.state == State::Accepted).count(), all.len()),
        reviewed: percent(all.iter().filter(|one| one.reviewed).count(), all.len()),
        in_time: percent(all.iter().filter(|one| one.in_time == Some(true)).count(), all.len()),
        hospital: match wanted {
            0 => 100.0,
            wanted => percent(checks.filter(|one| one.passed).count(), wanted),
        },
        shared: percent(pieces.iter().filter(carries).count(), pieces.len()),
        confirmed: percent(run.members.iter().filter(is_confirmed).count(), run.members.len()),
        defence: defence(run),
    }
}

fn defence(run: &Run) -> f64 {
    let marks = || run.defence.marks.values().flat_map(BTreeMap::values);
    let points = marks().map(|marked| usize::from(marked.mark)).sum();
    percent(points, marks().count() * usize::from(MARK_MAX))
}

fn percent(part: usize, whole: usize) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "counts are small")]
    let share = part as f64 / whole.max(1) as f64;
    share * 100.0
}
