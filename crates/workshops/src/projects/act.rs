use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Something that somebody wants to do in a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Act {
    /// To write the charter, which everybody signs anew then.
    Charter {
        /// What it is all for, and how one will know.
        purpose: String,
        /// Who answers for what.
        roles: String,
        /// How one works together, and what is done when it does not go well.
        agreement: String,
        /// What may go wrong, and what is done about it.
        risks: String,
    },
    /// To sign the charter.
    Sign {
        /// As of which version.
        version: u32,
    },
    /// To put something into the backlog.
    AddItem {
        /// What is to be done.
        title: String,
        /// How one will see that it is done.
        done_when: String,
        /// The milestone it is for.
        #[serde(default)]
        milestone: Option<String>,
    },
    /// To say who sees to something in the backlog.
    OwnItem {
        /// Its number.
        item: u32,
        /// A member's id; nobody, where none is named.
        #[serde(default)]
        owner: Option<String>,
    },
    /// To move something in the backlog.
    MoveItem {
        /// Its number.
        item: u32,
        /// Where to.
        to: ItemState,
    },
    /// To link what shows that it is done.
    LinkItem {
        /// Its number.
        item: u32,
        /// `journal 41`, `milestone feed`, or an address that begins with https.
        evidence: String,
    },
    /// To hand something in for a milestone, which makes a version of it.
    HandIn {
        /// For which.
        milestone: String,
        /// The text, in Markdown; it may be empty beside a file.
        #[serde(default)]
        text: String,
        /// The ids of members who wrote it too.
        #[serde(default)]
        with: Vec<String>,
        /// The file that goes with it; it is sent by its own way.
        #[serde(default)]
        file: Option<Attached>,
    },
    /// To review what others handed in.
    Review {
        /// For which milestone.
        milestone: String,
        /// Which version.
        version: u32,
        /// How far each behaviour is shown, and why one thinks so.
        marks: BTreeMap<String, Marked>,
        /// What one wants to say besides.
        #[serde(default)]
        words: String,
    },
    /// To answer a review of one's own work.
    Answer {
        /// Of which milestone.
        milestone: String,
        /// Which review, counted from 1.
        review: u32,
        /// What is done about it, and what is not.
        text: String,
    },
    /// To say what one has contributed.
    Contribute {
        /// To what.
        to: Vec<String>,
        /// In one's own words.
        text: String,
    },
    /// To say whether another's statement is right.
    Confirm {
        /// The member's id.
        of: String,
        /// Whether it is.
        agrees: bool,
        /// What is not.
        #[serde(default)]
        words: String,
    },
    /// To accept a milestone, or to return it. The panel's, as all below.
    Rule {
        /// Which.
        milestone: String,
        /// Whether it is accepted.
        accepted: bool,
        /// Why.
        words: String,
    },
    /// To set the day of the defence.
    Defend {
        /// The day, such as 2031-04-30.
        on: String,
    },
    /// To write down what was asked at the defence, and answered.
    Question {
        /// Who answered: a member's id, or nobody where all did.
        #[serde(default)]
        to: Option<String>,
        /// What was asked.
        asked: String,
        /// What was answered.
        answered: String,
    },
    /// To mark the defence.
    Mark {
        /// How far each behaviour was shown, and why one thinks so.
        marks: BTreeMap<String, Marked>,
    },
}

/// How far a behaviour is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Marked {
    /// 0 is not shown, 1 partly, 2 shown.
    pub mark: u8,
    /// Why.
    pub because: String,
}

/// How far something in the backlog has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ItemState {
    /// Nobody has begun.
    #[default]
    Open,
    /// Somebody is at it.
    Doing,
    /// It is done, and there is something that shows it.
    Done,
}

impl ItemState {
    /// All, in their order.
    pub const ALL: [Self; 3] = [Self::Open, Self::Doing, Self::Done];

    /// In a word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Doing => "doing",
            Self::Done => "done",
        }
    }
}

/// A file that was handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attached {
    /// What it is called.
    pub name: String,
    /// How large it is.
    pub size_bytes: u64,
}

/// What a check found in the team's hospital.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Found {
    /// The milestone it belongs to.
    pub milestone: String,
    /// Its slug.
    pub check: String,
    /// What should be so.
    pub title: String,
    /// Whether it is.
    pub passed: bool,
    /// What was seen.
    pub observed: String,
}

/// Something that happened in a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its number, counted from 1.
    pub seq: u64,
    /// When, in microseconds since 1970 UTC.
    pub at_us: i64,
    /// Whose doing it is, by id.
    pub who: String,
    /// What it was.
    pub what: What,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum What {
    /// The project began.
    Began {
        /// The team, by id.
        members: Vec<String>,
    },
    /// Somebody did something.
    Did {
        /// What.
        act: Act,
    },
    /// The hospital was looked at.
    Looked {
        /// What was found.
        found: Vec<Found>,
    },
    /// The project was closed.
    Closed,
}
