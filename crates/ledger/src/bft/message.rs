use serde::{Deserialize, Serialize};

/// What a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// What the round's proposer would have decided.
    Proposal,
    /// The first vote: this proposal is fine; or none was, in time.
    Prevote,
    /// The second vote: so many find it fine that I will stand by it; or too few.
    Precommit,
}

impl Kind {
    /// The word of pages and signatures.
    pub fn word(self) -> &'static str {
        match self {
            Self::Proposal => "proposal",
            Self::Prevote => "prevote",
            Self::Precommit => "precommit",
        }
    }
}

/// What one validator says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Message {
    /// Who says it.
    pub from: usize,
    /// For which block.
    pub height: u32,
    /// In which attempt at it, from 0.
    pub round: u32,
    /// What it is.
    pub kind: Kind,
    /// The block it is for; none for a vote for nothing.
    pub value: Option<String>,
    /// Of a proposal made again: the round in which three prevoted for it.
    pub valid_round: Option<u32>,
}

impl Message {
    /// What is signed.
    pub fn text(&self) -> String {
        let value = self.value.as_deref().unwrap_or("nil");
        format!("practicum/{}/{}/{}/{value}", self.kind.word(), self.height, self.round)
    }
}
