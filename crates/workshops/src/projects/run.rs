use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::act::{Attached, Found, ItemState, Marked};

/// How a team's project stands. People are named by their ids.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Run {
    /// The number of the newest event.
    pub seq: u64,
    /// When it began, in microseconds since 1970 UTC.
    pub began_us: i64,
    /// The team.
    pub members: Vec<String>,
    /// What it has agreed on.
    pub charter: Option<Charter>,
    /// What is to be done; the number of each is its place, counted from 1.
    pub items: Vec<Item>,
    /// What was handed in, by milestone.
    pub work: BTreeMap<String, Work>,
    /// The presentation and defence.
    pub defence: Defence,
    /// Who says to have contributed what.
    pub statements: BTreeMap<String, Statement>,
    /// What was found in the hospital, the latest last.
    pub looks: Vec<Look>,
    /// When it was closed.
    pub closed_us: Option<i64>,
}

/// What a team has agreed on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Charter {
    /// How often it was written.
    pub version: u32,
    /// By whom last.
    pub by: String,
    /// When.
    pub at_us: i64,
    /// What it is all for.
    pub purpose: String,
    /// Who answers for what.
    pub roles: String,
    /// How one works together.
    pub agreement: String,
    /// What may go wrong.
    pub risks: String,
    /// Who has signed this version.
    pub signed: BTreeSet<String>,
}

/// Something in the backlog.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Item {
    /// What is to be done.
    pub title: String,
    /// How one will see that it is done.
    pub done_when: String,
    /// The milestone it is for.
    pub milestone: Option<String>,
    /// Who sees to it.
    pub owner: Option<String>,
    /// How far it has come.
    pub state: ItemState,
    /// What shows it.
    pub evidence: Vec<String>,
}

/// What was handed in for a milestone, and what was said of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Work {
    /// Every version, the latest last; the number of each is its place, counted from 1.
    pub versions: Vec<Version>,
    /// Every review, the latest last; the number of each is its place, counted from 1.
    pub reviews: Vec<Review>,
    /// What the panel said of the newest version.
    pub ruling: Option<Ruling>,
}

/// One version of what was handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Version {
    /// Who handed it in.
    pub by: String,
    /// Who wrote it too.
    pub with: Vec<String>,
    /// When.
    pub at_us: i64,
    /// The text, in Markdown.
    pub text: String,
    /// The file beside it.
    pub file: Option<Attached>,
}

/// A peer's review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Review {
    /// Whose.
    pub by: String,
    /// When.
    pub at_us: i64,
    /// Of which version.
    pub version: u32,
    /// How far each behaviour is shown.
    pub marks: BTreeMap<String, Marked>,
    /// What else was said.
    pub words: String,
    /// Who answered, and what.
    pub answer: Option<(String, String)>,
}

/// What the panel said of a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Ruling {
    /// Who of the panel.
    pub by: String,
    /// When.
    pub at_us: i64,
    /// Whether it is accepted.
    pub accepted: bool,
    /// Why.
    pub words: String,
}

/// The presentation and defence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Defence {
    /// The day.
    pub on: Option<String>,
    /// What was asked and answered.
    pub questions: Vec<Question>,
    /// How each of the panel marked it.
    pub marks: BTreeMap<String, Marks>,
}

/// A question at the defence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Question {
    /// Who of the panel wrote it down.
    pub by: String,
    /// Who answered; nobody, where all did.
    pub to: Option<String>,
    /// What was asked.
    pub asked: String,
    /// What was answered.
    pub answered: String,
}

/// How far each behaviour was shown, by its slug.
pub type Marks = BTreeMap<String, Marked>;

/// What somebody says to have contributed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Statement {
    /// To what.
    pub to: Vec<String>,
    /// In their own words.
    pub text: String,
    /// When.
    pub at_us: i64,
    /// What others say of it: whether they agree, and what they add.
    pub words: BTreeMap<String, (bool, String)>,
}

/// One look at the hospital.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Look {
    /// When.
    pub at_us: i64,
    /// Who asked for it.
    pub by: String,
    /// What was found.
    pub found: Vec<Found>,
}

impl Charter {
    /// Whether all of a team have signed it.
    #[must_use]
    pub fn is_signed_by_all(&self, members: &[String]) -> bool {
        members.iter().all(|member| self.signed.contains(member))
    }
}

impl Version {
    /// Everybody who wrote it.
    pub fn authors(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.by.as_str()).chain(self.with.iter().map(String::as_str))
    }
}

impl Work {
    /// The number of the newest version; 0 where nothing was handed in.
    #[must_use]
    pub fn newest(&self) -> u32 {
        u32::try_from(self.versions.len()).unwrap_or(u32::MAX)
    }

    /// Whether somebody wrote any version. Who did reviews none of them.
    #[must_use]
    pub fn is_author(&self, who: &str) -> bool {
        self.versions.iter().any(|version| version.authors().any(|author| author == who))
    }

    /// The reviews of the newest version.
    pub fn reviews_of_newest(&self) -> impl Iterator<Item = &Review> {
        self.reviews.iter().filter(|review| review.version == self.newest())
    }
}
