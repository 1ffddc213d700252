use std::collections::BTreeMap;

use super::detection::share;

/// One attempt to attack again, as it was or changed, after the defenders said they were done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replay {
    /// What was changed: another address, another account.
    pub mutation: String,
    /// How many of its steps succeeded.
    pub succeeded: usize,
}

/// The mutations that still get through. None means that the attack is gone.
#[must_use]
pub fn eradicated(replays: &[Replay]) -> Vec<&str> {
    replays.iter().filter(|replay| replay.succeeded > 0).map(|replay| replay.mutation.as_str()).collect()
}

/// How much came back, and what the way back cost. Shares of 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recovery {
    /// Of the fields that were damaged, those that hold the truth again.
    pub restored: f64,
    /// Of the honest changes made after the attack began, those that are gone.
    pub lost: f64,
}

/// Compares field by field.
///
/// `truth` holds each field as it would be without the attack, `honest` those of them that
/// honest people changed after it began, `damaged` those that the attack changed, and `now` what stands there.
#[must_use]
pub fn recovery<'a>(
    truth: &BTreeMap<String, String>,
    damaged: impl IntoIterator<Item = &'a str>,
    honest: impl IntoIterator<Item = &'a str>,
    now: &BTreeMap<String, String>,
) -> Recovery {
    let right = |field: &&str| truth.get(*field) == now.get(*field);
    let damaged: Vec<&str> = damaged.into_iter().collect();
    let honest: Vec<&str> = honest.into_iter().collect();
    let kept = share(honest.iter().filter(|field| right(field)).count(), honest.len());
    Recovery {
        restored: share(damaged.iter().filter(|field| right(field)).count(), damaged.len()),
        lost: 1.0 - kept,
    }
}
