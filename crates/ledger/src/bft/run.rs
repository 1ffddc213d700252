use std::collections::{BTreeMap, BTreeSet};

use super::VALIDATORS;
use super::fault::Fault;
use super::message::Message;
use super::network::mixed;

/// What is to be played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// What everything follows from.
    pub seed: u64,
    /// How each validator behaves.
    pub faults: [Fault; VALIDATORS],
    /// How many blocks are to be agreed on; 1 to 6.
    pub heights: u32,
}

impl Asked {
    /// A run in which so many validators lie; the seed says which.
    pub fn drawn(seed: u64, liars: usize, heights: u32) -> Self {
        let mut order: Vec<usize> = (0..VALIDATORS).collect();
        order.sort_by_key(|validator| mixed(seed ^ mixed(1_000_000 + *validator as u64)));
        let mut faults = [Fault::Honest; VALIDATORS];
        order.iter().take(liars).for_each(|validator| faults[*validator] = Fault::Lying);
        // One of the honest is slow: who is late is not who lies.
        if let Some(slow) = order.get(liars).filter(|_| liars < 2) {
            faults[*slow] = Fault::Lagging;
        }
        Self { seed, faults, heights }
    }
}

/// Something said, with when it came to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// What was said.
    pub message: Message,
    /// When, in milliseconds since the beginning.
    pub sent_ms: u64,
    /// Who it was said to, and when it reached them.
    pub to: Vec<(usize, u64)>,
}

/// A block that a validator takes for final.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Who decided.
    pub validator: usize,
    /// Which block.
    pub height: u32,
    /// The round in which three voted for it.
    pub round: u32,
    /// What is in it.
    pub value: String,
    /// When, in milliseconds since the beginning.
    pub at_ms: u64,
}

/// A round that a validator has begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered {
    /// Who.
    pub validator: usize,
    /// Of which block.
    pub height: u32,
    /// Which round.
    pub round: u32,
    /// When, in milliseconds since the beginning.
    pub at_ms: u64,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// What was played.
    pub asked: Asked,
    /// Everything that was said by whom it comes from, in its order. What others passed on is not repeated.
    pub sent: Vec<Sent>,
    /// Every decision, in its order.
    pub decisions: Vec<Decision>,
    /// Every round that was begun, in its order.
    pub entered: Vec<Entered>,
}

impl Run {
    /// Blocks on which two honest validators decided differently: what must never be.
    pub fn forks(&self) -> Vec<u32> {
        let honest = self.decisions.iter().filter(|decision| !self.is_lying(decision.validator));
        let mut values: BTreeMap<u32, BTreeSet<&str>> = BTreeMap::new();
        for decision in honest {
            values.entry(decision.height).or_default().insert(&decision.value);
        }
        values.into_iter().filter(|(_, values)| values.len() > 1).map(|(height, _)| height).collect()
    }

    /// How many blocks every validator that follows the protocol has decided on.
    pub fn agreed(&self) -> u32 {
        let followers = (0..VALIDATORS).filter(|validator| self.follows(*validator));
        let decided = |validator| self.decisions.iter().filter(|one| one.validator == validator).count();
        let least = followers.map(decided).min().and_then(|count| u32::try_from(count).ok());
        least.unwrap_or_default().min(self.asked.heights)
    }

    fn follows(&self, validator: usize) -> bool {
        matches!(self.asked.faults[validator], Fault::Honest | Fault::Lagging)
    }

    fn is_lying(&self, validator: usize) -> bool {
        self.asked.faults[validator] == Fault::Lying
    }
}
