use std::sync::MutexGuard;

use ledger::log::{Fields, History, Policy};
use ledger::note::{EntryProof, GrowthProof, Note};
use ledger::tree::Hash;
use schemars::JsonSchema;
use serde::Serialize;

use super::error::LogError;
use super::open::{OpenLog, lock};
use crate::access::Access;
use crate::platform::Platform;

/// A log as it stands.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Summary {
    /// Which log.
    pub origin: String,
    /// Entries sealed.
    pub size: u64,
    /// The key of its checkpoints, as `name+hash+key`.
    pub key: String,
    /// Who watches it.
    pub witnesses: Vec<WitnessView>,
    /// The entry that reads otherwise in the second history, while there is one.
    pub second_at: Option<u64>,
}

/// A witness as it stands.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct WitnessView {
    /// Its short name.
    pub name: String,
    /// Its key, as `name+hash+key`.
    pub key: String,
    /// `honest`, `lying` or `away`.
    pub conduct: &'static str,
    /// Whether it is shown the `first` or the `second` history.
    pub shown: &'static str,
    /// The size of the newest checkpoint it signed.
    pub seen_size: u64,
    /// Why it refused the last one, if it did.
    pub refused: Option<String>,
}

/// An entry of the archive, with what proves it.
pub struct Shown {
    /// Its place in the log, from 0.
    pub index: u64,
    /// Its fields; none if the archive holds something else.
    pub fields: Option<Fields>,
    /// The hash of it that stands in the tree.
    pub sealed: Hash,
    /// The proof as it was when it was asked for.
    pub proof: EntryProof,
    /// Whether the archive's bytes are what was sealed.
    pub verdict: Result<ledger::log::Accepted, ledger::log::Unproven>,
}

/// Runs `work` on the log of a sandbox with everything sealed.
pub(super) fn sealed<T>(
    platform: &Platform,
    access: &Access,
    work: impl FnOnce(&mut MutexGuard<'_, OpenLog>) -> Result<T, LogError>,
) -> Result<T, LogError> {
    let log = platform.logs.of(access.sandbox(), platform.entropy())?;
    let mut log = lock(&log);
    log.seal(access.sandbox())?;
    work(&mut log)
}

/// How a log stands.
///
/// # Errors
/// [`LogError::Rewritten`] if the journal does not continue what was sealed.
pub fn summary(platform: &Platform, access: &Access) -> Result<Summary, LogError> {
    sealed(platform, access, |log| Ok(log.summary()))
}

/// The checkpoint over all of a history, as a signed note.
///
/// # Errors
/// As [`summary`]; [`LogError::OneHistory`].
pub fn checkpoint(platform: &Platform, access: &Access, history: History) -> Result<Note, LogError> {
    sealed(platform, access, |log| log.publish(access, history))
}

/// An entry's bytes, as the archive has them.
///
/// # Errors
/// As [`summary`]; [`LogError::NoEntry`].
pub fn entry(platform: &Platform, access: &Access, index: u64) -> Result<Vec<u8>, LogError> {
    sealed(platform, access, |log| log.entry(access, index))
}

/// The proof that an entry is in a history.
///
/// # Errors
/// As [`checkpoint`]; [`LogError::NoEntry`].
pub fn proof(
    platform: &Platform,
    access: &Access,
    index: u64,
    history: History,
) -> Result<EntryProof, LogError> {
    sealed(platform, access, |log| log.prove(access, index, history))
}

/// The proof that a history has only grown since it had `old` entries.
///
/// # Errors
/// As [`checkpoint`]; [`LogError::NoSize`].
pub fn growth(
    platform: &Platform,
    access: &Access,
    old: u64,
    history: History,
) -> Result<GrowthProof, LogError> {
    sealed(platform, access, |log| {
        let size = log.tree.size();
        let none = || LogError::NoSize { old, size };
        if old > size {
            return Err(none());
        }
        let note = log.publish(access, history)?;
        let tree = log.standing.operator.tree(&log.tree, history);
        log.standing.operator.prove_growth(&tree, old, note).ok_or_else(none)
    })
}

/// An entry with its proof and what a verifier says of it.
///
/// # Errors
/// As [`proof`].
pub fn show(platform: &Platform, access: &Access, index: u64) -> Result<Shown, LogError> {
    sealed(platform, access, |log| {
        let bytes = log.entry(access, index)?;
        let proof = log.prove(access, index, History::First)?;
        let policy = Policy { log: log.standing.operator.key(), witnesses: Vec::new(), quorum: 0 };
        let verdict = policy.entry(&bytes, &proof);
        let sealed = log.tree.leaf(index).unwrap_or_default();
        Ok(Shown { index, fields: Fields::parse(&bytes), sealed, proof, verdict })
    })
}

/// The newest entries before `before`, newest first, as the archive has them.
///
/// # Errors
/// As [`summary`].
pub fn recent(
    platform: &Platform,
    access: &Access,
    before: Option<u64>,
    limit: u64,
) -> Result<Vec<(u64, Option<Fields>)>, LogError> {
    sealed(platform, access, |log| {
        let end = before.unwrap_or(u64::MAX).min(log.tree.size());
        let indexes = (end.saturating_sub(limit)..end).rev();
        indexes.map(|index| Ok((index, Fields::parse(&log.entry(access, index)?)))).collect()
    })
}

impl OpenLog {
    fn summary(&self) -> Summary {
        let operator = &self.standing.operator;
        let witnesses = operator.witnesses.iter().map(|witness| WitnessView {
            name: witness.name.clone(),
            key: operator.witness_key(&witness.name).to_string(),
            conduct: super::act::conduct_word(witness.conduct),
            shown: if operator.shows(&witness.name) == History::First { "first" } else { "second" },
            seen_size: witness.seen.size,
            refused: witness.refused.clone(),
        });
        Summary {
            origin: operator.key().name().to_owned(),
            size: self.tree.size(),
            key: operator.key().to_string(),
            witnesses: witnesses.collect(),
            second_at: operator.second.as_ref().map(|second| second.index),
        }
    }

    fn publish(&mut self, access: &Access, history: History) -> Result<Note, LogError> {
        if history == History::Second && self.standing.operator.second.is_none() {
            return Err(LogError::OneHistory);
        }
        let time_s = u64::try_from(access.wall_us() / 1_000_000).unwrap_or_default();
        let before = self.standing.operator.witnesses.clone();
        let note = self.standing.operator.publish(&self.tree, history, time_s);
        if self.standing.operator.witnesses != before {
            self.save(access.sandbox())?;
        }
        Ok(note)
    }

    fn entry(&self, access: &Access, index: u64) -> Result<Vec<u8>, LogError> {
        let size = self.tree.size();
        self.archived(access.sandbox(), index)?.ok_or(LogError::NoEntry { index, size })
    }

    fn prove(&mut self, access: &Access, index: u64, history: History) -> Result<EntryProof, LogError> {
        let size = self.tree.size();
        let none = || LogError::NoEntry { index, size };
        if index >= size {
            return Err(none());
        }
        let note = self.publish(access, history)?;
        let tree = self.standing.operator.tree(&self.tree, history);
        self.standing.operator.prove(&tree, index, note).ok_or_else(none)
    }
}
