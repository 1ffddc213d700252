use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::act::Sbar;
use super::raters::Raters;
use crate::model::{Case, Decision, Fact, Moment, Phase, PhaseKind};

/// How a workshop stands.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// How many events there were.
    pub seq: u64,
    /// Who facilitates: a person's id.
    pub facilitator: Option<String>,
    /// Who takes part, by id.
    pub members: BTreeMap<String, Member>,
    /// Roles that scripted colleagues cover.
    pub covered: BTreeSet<String>,
    /// What the facilitator noted.
    pub notes: Vec<Note>,
    /// What was said and nudged. People do not forget it when the case steps back.
    pub messages: Vec<Message>,
    /// Corrective actions that people put into the plan.
    pub improvements: Vec<Improvement>,
    /// Who rates the team, and how they do.
    pub raters: Raters,
    /// How often it stepped back.
    pub rewound: u32,
    /// How the case stands.
    pub play: Play,
    /// How the case stood at the beginning of each phase, to go back to.
    pub marks: BTreeMap<usize, Play>,
}

/// Somebody who takes part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// What they are called.
    pub name: String,
    /// Their role.
    pub role: Option<String>,
}

/// How the case of a workshop stands: what a step back takes back.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Play {
    /// The place of the phase that goes on; `None` in the lobby.
    pub phase: Option<usize>,
    /// When the workshop began, microseconds since 1970 UTC on the hospital's clock.
    pub begun_us: i64,
    /// When the phase began, the same.
    pub phase_us: i64,
    /// When the phase began, microseconds since 1970 UTC for people.
    pub phase_wall_us: i64,
    /// Whether the hospital's clock was stopped.
    pub paused: bool,
    /// When it was over.
    pub ended_us: Option<i64>,
    /// The number of the drill's newest event that is known.
    pub world_seq: u64,
    /// Harm to care so far.
    pub care: f64,
    /// Events of the case that came, in order.
    pub came: Vec<Came>,
    /// What must never be and came true, in order.
    pub breached: Vec<Came>,
    /// Facts that were shared, in order.
    pub shared: Vec<Shared>,
    /// Answers to the situation questions, by moment and role.
    pub answers: BTreeMap<Moment, BTreeMap<String, Stood>>,
    /// Ballots, by decision.
    pub ballots: BTreeMap<String, Ballot>,
    /// The decision log.
    pub log: Vec<LogEntry>,
    /// Hand-offs, in order.
    pub hand_offs: Vec<HandedOff>,
    /// What was said straight after play.
    pub hot_wash: Vec<HotWash>,
}

/// Something of the case that came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Came {
    /// Its slug.
    pub id: String,
    /// When, on the hospital's clock.
    pub at_us: i64,
}

/// A fact that was shared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shared {
    /// The fact.
    pub fact: String,
    /// By which role.
    pub role: String,
    /// To which role alone.
    pub to: Option<String>,
    /// When, on the hospital's clock.
    pub at_us: i64,
}

/// What a role answered at a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stood {
    /// By question, the answer, counted from 1.
    pub answers: BTreeMap<String, usize>,
    /// When, on the hospital's clock.
    pub at_us: i64,
}

/// A secret ballot.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ballot {
    /// What each role voted for.
    pub votes: BTreeMap<String, String>,
    /// Whether it was revealed.
    pub revealed: bool,
}

/// An entry of the decision log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEntry {
    /// Which decision.
    pub decision: String,
    /// What was decided.
    pub option: String,
    /// By which role.
    pub role: String,
    /// Why.
    pub because: String,
    /// The facts it rests on.
    pub evidence: Vec<String>,
    /// Entries of the hospital's journal it rests on.
    pub journal: Vec<u64>,
    /// Which role sees to it.
    pub owner: String,
    /// When it is looked at again.
    pub review: String,
    /// Who does not agree, and why.
    pub dissent: Vec<(String, String)>,
    /// When, on the hospital's clock.
    pub at_us: i64,
}

/// Something that was handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedOff {
    /// Its number.
    pub number: u64,
    /// From which role.
    pub from: String,
    /// To which.
    pub to: String,
    /// In four parts.
    pub sbar: Sbar,
    /// When, on the hospital's clock.
    pub at_us: i64,
    /// What was said back last.
    pub read_back: Option<String>,
    /// When what was said back was found right.
    pub closed_us: Option<i64>,
}

/// Something that was said, or a nudge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The number of its event.
    pub seq: u64,
    /// When, on the hospital's clock.
    pub at_us: i64,
    /// Who.
    pub by: String,
    /// As whom; nobody, for the facilitator and who looks on.
    pub role: Option<String>,
    /// To which role alone.
    pub to: Option<String>,
    /// What.
    pub text: String,
    /// Whether it is a nudge.
    pub nudge: bool,
}

/// Something the facilitator noted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// When, on the hospital's clock.
    pub at_us: i64,
    /// What.
    pub text: String,
}

/// What somebody said straight after play.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HotWash {
    /// As whom.
    pub role: Option<String>,
    /// What went well.
    pub well: String,
    /// What to change.
    pub change: String,
}

/// A row of the improvement plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Improvement {
    /// What is to be improved.
    pub issue: String,
    /// What is done about it.
    pub action: String,
    /// The capability it belongs to.
    pub capability: String,
    /// Who sees to it.
    pub owner: String,
    /// By when; empty while nobody has said so.
    pub due: String,
}

impl Run {
    /// The role somebody has.
    #[must_use]
    pub fn role_of(&self, who: &str) -> Option<&str> {
        self.members.get(who)?.role.as_deref()
    }

    /// Whether somebody facilitates.
    #[must_use]
    pub fn facilitates(&self, who: &str) -> bool {
        self.facilitator.as_deref() == Some(who)
    }

    /// Whether some person has a role.
    #[must_use]
    pub fn is_taken(&self, role: &str) -> bool {
        self.members.values().any(|member| member.role.as_deref() == Some(role))
    }
}

impl Play {
    /// The phase that goes on.
    #[must_use]
    pub fn phase_of<'a>(&self, case: &'a Case) -> Option<&'a Phase> {
        case.phases.get(self.phase?)
    }

    /// Whether the hospital's clock should run.
    #[must_use]
    pub fn runs(&self, case: &Case) -> bool {
        let plays = self.phase_of(case).is_some_and(|phase| phase.kind == PhaseKind::Play);
        plays && !self.paused && self.ended_us.is_none()
    }

    /// Whether a fact lies in its role's envelope by now.
    #[must_use]
    pub fn has_come(&self, case: &Case, fact: &Fact) -> bool {
        self.has_begun(case, fact.from.as_deref())
    }

    /// Whether a decision can be taken by now.
    #[must_use]
    pub fn is_open(&self, case: &Case, decision: &Decision) -> bool {
        self.has_begun(case, Some(&decision.from))
    }

    /// Whether a fact is on the table, for everybody to see.
    #[must_use]
    pub fn on_table(&self, fact: &str) -> bool {
        self.shared.iter().any(|one| one.fact == fact && one.to.is_none())
    }

    fn has_begun(&self, case: &Case, phase: Option<&str>) -> bool {
        let Some(now) = self.phase else { return false };
        phase.is_none_or(|id| case.phase_place(id).is_some_and(|place| place <= now))
    }
}
