//! What must be true of the hospital's chain, and of a contract on it.

use super::{Comparison, Duration};
use crate::problem::Place;

/// A look at the chain. Numbers of accounts, names and arguments are texts with placeholders.
#[derive(Debug, Clone, PartialEq)]
pub enum LedgerTest {
    /// The newest contract of an account, tried in situations that the learner has not seen, on a fresh copy of it.
    Cases {
        /// The number of the test account that deployed it.
        deployed_by: String,
        /// The situations.
        cases: Vec<Situation>,
    },
    /// Words that stand nowhere on the chain: not as text, not as a hash of nothing else.
    Absent {
        /// The words.
        words: Vec<String>,
    },
    /// How many contracts there are.
    Contracts {
        /// How many there may be.
        count: Comparison,
    },
    /// Commitments: the newest contract of an account has that of each value which the vault can still open, and nothing on
    /// the chain leads to a value that was erased.
    Opens {
        /// The number of the test account that deployed it.
        deployed_by: String,
        /// The question it is asked, such as `has(bytes32)(bool)`.
        call: String,
        /// What the vault opens, each as `NAME VALUE`.
        kept: Vec<String>,
        /// What nobody opens any more, each as `NAME VALUE`.
        erased: Vec<String>,
    },
}

/// A situation: one thing after the other, each with what must come of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Situation {
    /// What is done.
    pub deeds: Vec<Deed>,
    /// Where it is declared.
    pub place: Place,
}

/// Something done to a contract.
#[derive(Debug, Clone, PartialEq)]
pub struct Deed {
    /// The number of the test account that does it.
    pub by: String,
    /// What, as a signature; for a question with what it returns: `allowed(address,address,uint32)(bool)`.
    pub call: String,
    /// Its arguments; `@3` is the address of test account 3, `+3600` the second an hour from the beginning.
    pub with: Vec<String>,
    /// How long before it.
    pub after: Option<Duration>,
    /// What must come of it.
    pub expect: Come,
}

/// What must come of a deed.
#[derive(Debug, Clone, PartialEq)]
pub enum Come {
    /// It is done.
    Done,
    /// It is done, and an event of this signature is told.
    Tells(String),
    /// It is refused.
    Refused,
    /// These answers.
    Gives(Vec<String>),
}
