use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::act::{Mark, Sbar};
use crate::model::Moment;

/// Something that happened in a workshop. A run is what its events make of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Its number, from 1 without gaps.
    pub seq: u64,
    /// When, microseconds since 1970 UTC on the hospital's clock.
    pub at_us: i64,
    /// When, microseconds since 1970 UTC for people.
    pub wall_us: i64,
    /// Whose doing it is: a person's id; nobody's, for what comes from the hospital.
    pub by: String,
    /// What happened.
    #[serde(flatten)]
    pub what: What,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum What {
    /// Somebody came into the lobby.
    Joined {
        /// Who.
        who: String,
        /// What they are called.
        name: String,
    },
    /// The console went to somebody.
    Facilitates {
        /// Who has it now.
        who: String,
    },
    /// Somebody has a role now, or none.
    Seated {
        /// Who.
        who: String,
        /// Which.
        role: Option<String>,
    },
    /// A scripted colleague covers a role, or does no longer.
    Covered {
        /// Which.
        role: String,
        /// Whether.
        covered: bool,
    },
    /// A phase began; the first of them with it the workshop.
    Stepped {
        /// Its place in the case.
        phase: usize,
    },
    /// Everything went back to where a phase had begun.
    Rewound {
        /// Its place in the case.
        phase: usize,
    },
    /// The hospital's clock was stopped or let run.
    Paused {
        /// Whether it stands still.
        paused: bool,
    },
    /// An event of the case came.
    Came {
        /// The inject.
        inject: String,
        /// The number of the drill's event that says so.
        world_seq: u64,
        /// Harm to care until then.
        care: f64,
    },
    /// What must never be came true.
    Breached {
        /// Which.
        never: String,
        /// The number of the drill's event that says so.
        world_seq: u64,
        /// Harm to care until then.
        care: f64,
    },
    /// Somebody said something.
    Said {
        /// As whom.
        role: Option<String>,
        /// To which role alone.
        to: Option<String>,
        /// What.
        text: String,
    },
    /// The facilitator nudged.
    Nudged {
        /// Which role alone.
        to: Option<String>,
        /// With which words.
        text: String,
    },
    /// The facilitator noted something for themselves.
    Noted {
        /// What.
        text: String,
    },
    /// Something that one role alone knew was put on the table, or told to one role.
    Shared {
        /// Which role did.
        role: String,
        /// The fact.
        fact: String,
        /// To which role alone.
        to: Option<String>,
    },
    /// A role answered the situation questions.
    Answered {
        /// Which.
        role: String,
        /// At which moment.
        moment: Moment,
        /// By question, the answer, counted from 1.
        answers: BTreeMap<String, usize>,
    },
    /// A role voted.
    Voted {
        /// Which.
        role: String,
        /// On which decision.
        decision: String,
        /// For what.
        option: String,
    },
    /// A ballot was revealed; no vote counts any more.
    Revealed {
        /// On which decision.
        decision: String,
    },
    /// A decision was written into the log.
    Decided {
        /// By which role.
        role: String,
        /// Which.
        decision: String,
        /// What.
        option: String,
        /// Why, in the team's words.
        because: String,
        /// The facts it rests on.
        evidence: Vec<String>,
        /// Entries of the hospital's journal it rests on.
        journal: Vec<u64>,
        /// Which role sees to it.
        owner: String,
        /// When it is looked at again.
        review: String,
    },
    /// A role does not agree with a decision.
    Dissented {
        /// Which.
        role: String,
        /// With which.
        decision: String,
        /// Why.
        text: String,
    },
    /// Something was handed over. The event's number is the hand-off's.
    HandedOff {
        /// From which role.
        from: String,
        /// To which.
        to: String,
        /// In four parts.
        sbar: Sbar,
    },
    /// It was said back.
    ReadBack {
        /// The number of the hand-off.
        number: u64,
        /// By which role.
        role: String,
        /// What was understood.
        text: String,
    },
    /// What was said back is right, or is not.
    Confirmed {
        /// The number of the hand-off.
        number: u64,
        /// Whether it is.
        right: bool,
    },
    /// Somebody said what went well and what to change.
    HotWashed {
        /// As whom.
        role: Option<String>,
        /// What went well.
        well: String,
        /// What to change.
        change: String,
    },
    /// A corrective action came into the improvement plan.
    Improved {
        /// What is to be improved.
        issue: String,
        /// What is done about it.
        action: String,
        /// The capability it belongs to.
        capability: String,
        /// Who sees to it.
        owner: String,
        /// By when.
        due: String,
    },
    /// It was settled who rates the team.
    RatersNamed {
        /// The two, by id.
        pair: [String; 2],
    },
    /// A rater handed in how they rate the team.
    Rated {
        /// Who.
        who: String,
        /// By behaviour.
        marks: BTreeMap<String, Mark>,
    },
    /// A rater proposed what two marks that are far apart come to.
    Settled {
        /// Who.
        who: String,
        /// Of which behaviour.
        behaviour: String,
        /// Which level it is.
        level: usize,
        /// Why.
        why: String,
    },
    /// The other rater agreed.
    Agreed {
        /// To what was proposed for which behaviour.
        behaviour: String,
    },
    /// The workshop is over.
    Ended {
        /// Harm to care until then.
        care: f64,
    },
}
