use scenarios::model::Effect;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What everybody is asked privately, with the same words at each moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its slug.
    pub id: String,
    /// What is asked about the situation as it is now.
    pub asks: String,
    /// What can be answered, each a sentence; besides, everybody may say that they do not know.
    pub answers: Vec<String>,
    /// Which answer is true at T0, T1 and T2, counted from 1.
    pub truth: [usize; 3],
}

/// What anybody may answer to any situation question; its number follows those of the others. It agrees with nobody, not even with
/// others who say so.
pub const DO_NOT_KNOW: &str = "I do not know";

/// Something the team has to decide.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Its slug.
    pub id: String,
    /// The question.
    pub title: String,
    /// The phase with which it can be decided.
    pub from: String,
    /// Whether a secret ballot comes first, which the facilitator reveals.
    #[serde(default)]
    pub ballot: bool,
    /// Facts without which it is decided in the dark.
    #[serde(default)]
    pub needs: Vec<String>,
    /// The objective it speaks for.
    pub objective: String,
    /// What can be decided.
    #[serde(rename = "option")]
    pub options: Vec<Opt>,
}

/// One of the things that can be decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opt {
    /// Its slug.
    pub id: String,
    /// What it is, as an order.
    pub says: String,
    /// How it compares with the key that was written beforehand.
    pub key: Key,
    /// Why, for the debrief.
    pub why: String,
    /// Flags that go up in the hospital's timeline.
    #[serde(default)]
    pub sets: Vec<String>,
    /// What it does to the hospital.
    #[serde(default)]
    pub effects: Vec<Effect>,
}

/// How good something is that was decided, written down before anybody played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Key {
    /// What people do who know all of it.
    Best,
    /// Defensible.
    Sound,
    /// What harms, or what only somebody chooses who does not know.
    Poor,
}

impl Key {
    /// Of a hundred.
    #[must_use]
    pub fn points(self) -> u32 {
        match self {
            Self::Best => 100,
            Self::Sound => 60,
            Self::Poor => 0,
        }
    }
}

/// Something that must be handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandOff {
    /// Its slug.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// Who hands over.
    pub from: String,
    /// Who takes over.
    pub to: String,
    /// The phase with which it is due.
    pub phase: String,
    /// The objective it speaks for.
    pub objective: String,
}

impl Decision {
    /// An option by its slug.
    #[must_use]
    pub fn option(&self, id: &str) -> Option<&Opt> {
        self.options.iter().find(|one| one.id == id)
    }
}
