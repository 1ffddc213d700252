use std::collections::BTreeMap;

use super::alike::alike;
use super::foreign::foreign;
use super::quick::quick;
use super::work::Work;

/// Something that a person should look at.
#[derive(Debug, Clone, PartialEq)]
pub enum Sign {
    /// An answer was wrong here, and is right in the hospital of one other person alone, who had given it before.
    Foreign {
        /// The check that asked.
        check: String,
        /// The answer, as it was given here.
        value: String,
        /// When, in microseconds since 1970 UTC.
        at_us: i64,
        /// The attempt in which it is right.
        of: String,
    },
    /// The first attempt was finished in less than a fifth of the time that half of the others took.
    Quick {
        /// How long it took, in microseconds.
        took_us: i64,
        /// The middle of how long others took.
        middle_us: i64,
        /// How many others finished their first attempt.
        others: usize,
    },
    /// A text has much in common with a text of another person, beyond what stands in many.
    Alike {
        /// Which text, here.
        what: String,
        /// The attempt with the other text.
        of: String,
        /// Which text, there.
        of_what: String,
        /// The share of the shorter text's passages of five words that stand in the other too, 0 to 1.
        share: f64,
        /// How many such passages the shorter text has.
        passages: usize,
    },
}

/// A sign, and the attempt that shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The attempt; of two that are alike, the one begun later.
    pub attempt: String,
    /// What was found.
    pub sign: Sign,
}

impl Found {
    /// What names the sign for good: it is the same whenever it is looked for again.
    #[must_use]
    pub fn key(&self) -> String {
        let attempt = &self.attempt;
        match &self.sign {
            Sign::Foreign { check, of, .. } => format!("foreign {attempt} {of} {check}"),
            Sign::Quick { .. } => format!("quick {attempt}"),
            Sign::Alike { what, of, .. } => format!("alike {attempt} {of} {what}"),
        }
    }

    /// The other attempt that it speaks of.
    #[must_use]
    pub fn of(&self) -> Option<&str> {
        match &self.sign {
            Sign::Foreign { of, .. } | Sign::Alike { of, .. } => Some(of),
            Sign::Quick { .. } => None,
        }
    }
}

/// Everything that a person should look at among these attempts, by lab and then by attempt. Attempts are compared with others at
/// the same lab only.
#[must_use]
pub fn signs(works: &[Work]) -> Vec<Found> {
    let mut labs: BTreeMap<&str, Vec<&Work>> = BTreeMap::new();
    for work in works {
        labs.entry(&work.lab).or_default().push(work);
    }
    let of_lab = |works: Vec<&Work>| {
        let mut found = foreign(&works);
        found.extend(quick(&works));
        found.extend(alike(&works));
        found.sort_by_key(Found::key);
        found
    };
    labs.into_values().flat_map(of_lab).collect()
}
