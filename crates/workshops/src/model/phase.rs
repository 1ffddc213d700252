use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A part of a workshop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phase {
    /// Its slug.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What kind of work it is.
    pub kind: PhaseKind,
    /// How many minutes of a person it should take. The timer tells; the facilitator goes on.
    pub minutes: u32,
    /// What everybody is to do now, in a sentence or two.
    pub about: String,
    /// The moment at which the situation questions are asked, if they are asked in this phase.
    #[serde(default)]
    pub asks: Option<Moment>,
}

/// What kind of work a phase is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PhaseKind {
    /// Reading what everybody and what each alone gets.
    Briefing,
    /// Working the case; the hospital's clock runs.
    Play,
    /// Straight after play: what went well, what to change.
    HotWash,
}

/// When the situation questions are asked: before play, in its middle, at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Moment {
    /// Before play.
    T0,
    /// In its middle.
    T1,
    /// At its end.
    T2,
}

impl Moment {
    /// All three, in order.
    pub const ALL: [Self; 3] = [Self::T0, Self::T1, Self::T2];

    /// The word for it in files and measures.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::T0 => "t0",
            Self::T1 => "t1",
            Self::T2 => "t2",
        }
    }
}
