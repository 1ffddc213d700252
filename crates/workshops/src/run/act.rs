use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Something that somebody wants to do in a workshop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Act {
    /// To be a role, or none.
    Sit {
        /// Which.
        role: Option<String>,
    },
    /// To say something, to everybody or to one role alone.
    Say {
        /// To which role; everybody, where none is named.
        #[serde(default)]
        to: Option<String>,
        /// What.
        text: String,
    },
    /// To put something on the table that one's role alone knows, or to tell it to one role.
    Share {
        /// Which fact.
        fact: String,
        /// To which role; everybody, where none is named.
        #[serde(default)]
        to: Option<String>,
    },
    /// To ask a scripted colleague what their role knows.
    Ask {
        /// Whose role it is.
        of: String,
    },
    /// To answer the situation questions of this moment; until it passes, they can be answered anew.
    Answer {
        /// By question, the answer, counted from 1.
        answers: BTreeMap<String, usize>,
    },
    /// To vote in a secret ballot; until it is revealed, a vote can be changed.
    Vote {
        /// On which decision.
        decision: String,
        /// For what.
        option: String,
    },
    /// To write a decision into the log.
    Decide {
        /// Which.
        decision: String,
        /// What.
        option: String,
        /// Why, in the team's words.
        #[serde(default)]
        because: String,
        /// The facts it rests on: on the table, or one's own, which is put there by this.
        #[serde(default)]
        evidence: Vec<String>,
        /// Entries of the hospital's journal it rests on, by number.
        #[serde(default)]
        journal: Vec<u64>,
        /// Which role sees to it.
        #[serde(default)]
        owner: String,
        /// When it is looked at again, in the team's words.
        #[serde(default)]
        review: String,
    },
    /// To have it written down that one's role does not agree.
    Dissent {
        /// With which decision.
        decision: String,
        /// Why.
        text: String,
    },
    /// To hand something over.
    HandOff {
        /// To which role.
        to: String,
        /// In four parts.
        sbar: Sbar,
    },
    /// To say back what was handed over.
    ReadBack {
        /// The number of the hand-off; the newest that waits for one's read-back, where none is named.
        #[serde(default)]
        number: Option<u64>,
        /// What was understood.
        text: String,
    },
    /// To say whether what was said back is right; the loop is closed if it is.
    Confirm {
        /// The number of the hand-off; the newest that waits for one's word, where none is named.
        #[serde(default)]
        number: Option<u64>,
        /// Whether it is.
        right: bool,
    },
    /// To say, straight after play, what went well and what to change.
    HotWash {
        /// What went well.
        #[serde(default)]
        well: String,
        /// What to change.
        #[serde(default)]
        change: String,
    },
    /// To put a corrective action into the improvement plan.
    Improve {
        /// What is to be improved.
        issue: String,
        /// What is done about it.
        action: String,
        /// The capability it belongs to.
        #[serde(default)]
        capability: String,
        /// Who sees to it.
        owner: String,
        /// By when: a date such as 2031-04-30.
        due: String,
    },
    /// To hand in how one rates the team, once the workshop is over; until the other rater has, it can be handed in anew. A rater's,
    /// as the two below.
    Rate {
        /// By behaviour of the case's rubric.
        marks: BTreeMap<String, Mark>,
    },
    /// To propose what two marks that are two levels apart or more come to.
    Settle {
        /// Of which behaviour.
        behaviour: String,
        /// Which level it is, from 1.
        level: usize,
        /// Why, for the team.
        why: String,
    },
    /// To agree to what the other rater proposes.
    Agree {
        /// For which behaviour.
        behaviour: String,
    },
    /// To take the console when whoever facilitates has vanished.
    TakeOver,
    /// To give the console to somebody else. The facilitator's, as all below.
    HandOver {
        /// The person's id.
        to: String,
    },
    /// To name who rates the team beside oneself: somebody who teaches and has no role.
    AskRater {
        /// The person's id.
        who: String,
    },
    /// To move somebody to a role, or away from theirs.
    Move {
        /// The person's id.
        who: String,
        /// To which role.
        role: Option<String>,
    },
    /// To let a scripted colleague cover a role, or not any longer.
    Cover {
        /// Which.
        role: String,
        /// Whether.
        covered: bool,
    },
    /// To go on to the next phase.
    Next {
        /// The phase one believes to be in; where it is named and is over already, nothing happens.
        #[serde(default)]
        after: Option<String>,
    },
    /// To go back to the beginning of a phase, with the hospital.
    Rewind {
        /// Which.
        phase: String,
    },
    /// To stop the hospital's clock, or let it run.
    Pause {
        /// Whether it stands still.
        paused: bool,
    },
    /// To let minutes of the hospital pass at once.
    Pass {
        /// How many.
        minutes: u32,
    },
    /// To let an event come by hand.
    Inject {
        /// Which.
        inject: String,
    },
    /// To reveal a ballot.
    Reveal {
        /// On which decision.
        decision: String,
    },
    /// To nudge everybody or one role.
    Nudge {
        /// Which role; everybody, where none is named.
        #[serde(default)]
        to: Option<String>,
        /// With which words.
        text: String,
    },
    /// To note something for oneself.
    Note {
        /// What.
        text: String,
    },
    /// To end the workshop.
    End,
}

/// How somebody rates a team in one behaviour.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// Which level it reached, from 1; nothing, where it could not be seen.
    #[serde(default)]
    pub level: Option<usize>,
    /// What was seen or heard; why, where it could not be seen.
    #[serde(default)]
    pub note: String,
}

/// A hand-off in four parts (situation, background, assessment, recommendation).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sbar {
    /// What is happening.
    pub situation: String,
    /// What led to it.
    pub background: String,
    /// What one thinks it is.
    pub assessment: String,
    /// What one wants done.
    pub recommendation: String,
}
