//! What stands on a board, in the order in which it is read.

use schemars::JsonSchema;
use serde::Serialize;

/// Everything on a board.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "BoardContents")]
pub struct Contents {
    /// The shared text.
    pub notes: String,
    /// The cards, lane by lane.
    pub cards: Vec<Card>,
    /// The steps of the process.
    pub steps: Vec<Step>,
    /// The arrows between steps that are both there.
    pub links: Vec<Link>,
    /// The names of the table's columns.
    pub columns: Vec<String>,
    /// The table's rows, each with a cell for every column.
    pub rows: Vec<Vec<String>>,
}

impl Contents {
    /// Whether nothing stands on it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The label of a step, by its id.
    #[must_use]
    pub fn label(&self, step: &str) -> &str {
        self.steps.iter().find(|one| one.id == step).map_or("", |one| one.label.as_str())
    }
}

/// A card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "BoardCard")]
pub struct Card {
    /// Its id.
    pub id: String,
    /// In which lane it lies.
    pub lane: Lane,
    /// What stands on it.
    pub text: String,
}

/// A lane of cards: what a team does with what it hears.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "BoardLane")]
pub enum Lane {
    /// What the team holds for true.
    Known,
    /// What it would have to know.
    Open,
    /// What could go wrong.
    Risk,
    /// What could be done.
    Idea,
}

impl Lane {
    /// All of them, from left to right.
    pub const ALL: [Self; 4] = [Self::Known, Self::Open, Self::Risk, Self::Idea];

    /// How it is written in the document.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Known => "known",
            Self::Open => "open",
            Self::Risk => "risk",
            Self::Idea => "idea",
        }
    }

    /// What stands above it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Known => "What we know",
            Self::Open => "What we need to know",
            Self::Risk => "What could go wrong",
            Self::Idea => "What we could do",
        }
    }

    pub(crate) fn of(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lane| lane.slug() == slug)
    }
}

/// A step of the process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "BoardStep")]
pub struct Step {
    /// Its id.
    pub id: String,
    /// What kind of step it is.
    pub kind: StepKind,
    /// What is done.
    pub label: String,
    /// Who does it, in the team's words.
    pub who: String,
}

/// What kind of step it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "BoardStepKind")]
pub enum StepKind {
    /// Something is done.
    Task,
    /// The process forks.
    Choice,
    /// Something is waited for.
    Wait,
}

impl StepKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Task, Self::Choice, Self::Wait];

    /// How it is written in the document.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Choice => "choice",
            Self::Wait => "wait",
        }
    }

    /// What it is called.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Task => "Task",
            Self::Choice => "Choice",
            Self::Wait => "Wait",
        }
    }

    pub(crate) fn of(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.slug() == slug)
    }
}

/// An arrow between two steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "BoardLink")]
pub struct Link {
    /// The step it leaves.
    pub from: String,
    /// The step it comes to.
    pub to: String,
    /// When this way is gone, where it matters.
    pub when: String,
}
