use serde::{Deserialize, Serialize};

/// How a validator behaves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fault {
    /// As the protocol asks.
    #[default]
    Honest,
    /// It stops in the middle of its work and never says anything again.
    Crashed,
    /// All it says comes late.
    Lagging,
    /// It says one thing to some and another to the rest.
    Lying,
}

impl Fault {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Honest, Self::Crashed, Self::Lagging, Self::Lying];

    /// The word of pages and addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Honest => "honest",
            Self::Crashed => "crashed",
            Self::Lagging => "lagging",
            Self::Lying => "lying",
        }
    }

    /// The fault of this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fault| fault.word() == word)
    }
}
