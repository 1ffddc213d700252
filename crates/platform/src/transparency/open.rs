use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ledger::log::Operator;
use ledger::tree::{Hash, Tree, leaf_hash};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::StoreError;
use store::sandbox::{LOG_ENTRIES, LOG_STANDING, Sandbox};

use crate::entropy::Entropy;

/// The file of sealed entries: each after its length in four bytes, big-endian.
pub(super) const ARCHIVE: &str = LOG_ENTRIES;

/// The file of what the log knows beside its entries.
const STANDING: &str = LOG_STANDING;

/// Logs held in memory. One is a hundred bytes an entry, and is read again from its file when needed.
const OPEN_MAX: usize = 32;

/// The logs in use, by sandbox.
#[derive(Default)]
pub(crate) struct Logs(Mutex<BTreeMap<String, Arc<Mutex<OpenLog>>>>);

/// A sealed entry: where it stands in the archive, and in the journal.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) at: u64,
    pub(super) length: usize,
    pub(super) seq: i64,
    pub(super) chain: Hash,
}

/// What the log knows beside its entries.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Standing {
    pub(super) operator: Operator,
    /// Entries that somebody changed in the archive, as they read now.
    pub(super) edits: BTreeMap<u64, Vec<u8>>,
}

/// A log in use.
pub(crate) struct OpenLog {
    pub(super) tree: Tree,
    pub(super) places: Vec<Place>,
    /// Where the archive ends.
    pub(super) end: u64,
    pub(super) standing: Standing,
}

impl Logs {
    /// The log of a sandbox, begun if there was none.
    pub(super) fn of(
        &self,
        sandbox: &Sandbox,
        entropy: &dyn Entropy,
    ) -> Result<Arc<Mutex<OpenLog>>, StoreError> {
        let mut logs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(log) = logs.get(sandbox.id()) {
            return Ok(Arc::clone(log));
        }
        if logs.len() >= OPEN_MAX {
            // Those at work keep theirs until they are done; two of one log would seal the same entries twice.
            logs.retain(|_, log| Arc::strong_count(log) > 1);
        }
        let log = Arc::new(Mutex::new(OpenLog::open(sandbox, entropy)?));
        logs.insert(sandbox.id().to_owned(), Arc::clone(&log));
        Ok(log)
    }
}

/// The lock. Work on a log that fails leaves files and memory as they were.
pub(super) fn lock(log: &Mutex<OpenLog>) -> MutexGuard<'_, OpenLog> {
    log.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether a log was ever begun.
pub(super) fn is_begun(sandbox: &Sandbox) -> Result<bool, StoreError> {
    Ok(sandbox.kept(STANDING)?.is_some())
}

impl OpenLog {
    fn open(sandbox: &Sandbox, entropy: &dyn Entropy) -> Result<Self, StoreError> {
        let standing = match sandbox.kept(STANDING)? {
            Some(bytes) => serde_json::from_slice(&bytes).map_err(|_| damaged(sandbox, STANDING))?,
            None => {
                let standing = Standing {
                    operator: Operator::new(&origin(sandbox), secret(entropy)),
                    edits: BTreeMap::new(),
                };
                save(sandbox, &standing)?;
                standing
            }
        };
        let mut log = Self { tree: Tree::default(), places: Vec::new(), end: 0, standing };
        let archive = sandbox.kept(ARCHIVE)?.unwrap_or_default();
        let mut rest = archive.as_slice();
        // What a crash left of an unfinished entry at the end is written over by the next seal.
        while let Some((entry, after)) = framed(rest) {
            log.take(entry).ok_or_else(|| damaged(sandbox, ARCHIVE))?;
            rest = after;
        }
        Ok(log)
    }

    /// Takes in an entry that stands at the archive's end.
    pub(super) fn take(&mut self, entry: &[u8]) -> Option<()> {
        let seq = i64::from_be_bytes(*entry.get(32..)?.first_chunk::<8>()?);
        let chain = Sha256::digest(entry).into();
        self.places.push(Place { at: self.end + 4, length: entry.len(), seq, chain });
        self.end += 4 + entry.len() as u64;
        self.tree.push(leaf_hash(entry));
        Some(())
    }

    /// Keeps what the log knows beside its entries.
    pub(super) fn save(&self, sandbox: &Sandbox) -> Result<(), StoreError> {
        save(sandbox, &self.standing)
    }

    /// An entry as the archive has it now.
    pub(super) fn archived(&self, sandbox: &Sandbox, index: u64) -> Result<Option<Vec<u8>>, StoreError> {
        let place = usize::try_from(index).ok().and_then(|index| self.places.get(index));
        match (self.standing.edits.get(&index), place) {
            (Some(edited), Some(_)) => Ok(Some(edited.clone())),
            (None, Some(place)) => sandbox.kept_part(ARCHIVE, place.at, place.length).map(Some),
            (_, None) => Ok(None),
        }
    }
}

fn save(sandbox: &Sandbox, standing: &Standing) -> Result<(), StoreError> {
    let bytes = serde_json::to_vec(standing).map_err(|_| damaged(sandbox, STANDING))?;
    sandbox.keep(STANDING, &bytes)
}

fn framed(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(u32::from_be_bytes(*length) as usize)
}

fn origin(sandbox: &Sandbox) -> String {
    format!("practicum.example/s/{}/log", sandbox.id())
}

fn secret(entropy: &dyn Entropy) -> [u8; 32] {
    let mut secret = [0; 32];
    entropy.fill(&mut secret);
    secret
}

fn damaged(sandbox: &Sandbox, file: &str) -> StoreError {
    StoreError::Damaged { what: format!("{file} of sandbox '{}'", sandbox.id()) }
}
