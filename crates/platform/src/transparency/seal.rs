use std::collections::BTreeMap;

use ledger::log::Fields;
use ledger::tree::Hash;
use serde_json::Value;
use sha2::{Digest, Sha256};
use store::sandbox::Sandbox;

use super::error::LogError;
use super::open::{ARCHIVE, OpenLog, is_begun, lock};
use crate::access::Access;
use crate::platform::Platform;

impl OpenLog {
    /// Seals the entries that came since the last time.
    pub(super) fn seal(&mut self, sandbox: &Sandbox) -> Result<(), LogError> {
        let mut fresh = Vec::new();
        match self.places.last().copied() {
            None => sandbox.each_entry_bytes(0, |entry| fresh.push(entry))?,
            Some(last) => {
                sandbox.each_entry_bytes(last.seq - 1, |entry| fresh.push(entry))?;
                if fresh.first().is_some_and(|first| chained(first) == last.chain) {
                    fresh.remove(0);
                } else {
                    fresh = self.since_the_reset(sandbox)?;
                }
            }
        }
        follow_each_other(&fresh)?;
        self.append(sandbox, &fresh)
    }

    /// The entries since a reset, which left some of the sealed ones behind. The first of them says so itself; a journal
    /// that differs from what was sealed and does not say so was rewritten.
    fn since_the_reset(&self, sandbox: &Sandbox) -> Result<Vec<Vec<u8>>, LogError> {
        let sealed: BTreeMap<i64, Hash> = self.places.iter().map(|place| (place.seq, place.chain)).collect();
        let (mut fresh, mut seq) = (Vec::new(), 0);
        sandbox.each_entry_bytes(0, |entry| {
            if fresh.is_empty() && sealed.get(&(seq + 1)) == Some(&chained(&entry)) {
                seq += 1;
            } else {
                fresh.push(entry);
            }
        })?;
        let says_so = fresh.first().and_then(|first| Fields::parse(first)).is_some_and(|first| {
            serde_json::from_str::<Value>(&first.detail)
                .is_ok_and(|detail| detail["journal_ended"].is_object())
        });
        if says_so { Ok(fresh) } else { Err(LogError::Rewritten { seq: seq + 1 }) }
    }

    fn append(&mut self, sandbox: &Sandbox, fresh: &[Vec<u8>]) -> Result<(), LogError> {
        if fresh.is_empty() {
            return Ok(());
        }
        let mut bytes = Vec::new();
        for entry in fresh {
            // Bodies are limited to megabytes, and an entry holds none.
            bytes.extend(u32::try_from(entry.len()).unwrap_or(u32::MAX).to_be_bytes());
            bytes.extend(entry);
        }
        sandbox.keep_on(ARCHIVE, self.end, &bytes)?;
        for entry in fresh {
            self.take(entry);
        }
        Ok(())
    }
}

/// Seals what a reset is about to leave behind, if anybody ever looked at the log. A log that cannot be sealed is no reason
/// to refuse a reset: the journal's next entry carries the hash of what was left.
pub(crate) fn seal_what_ends(platform: &Platform, access: &Access) {
    let sandbox = access.sandbox();
    let sealed = is_begun(sandbox).map_err(LogError::from).and_then(|begun| {
        let log = begun.then(|| platform.logs.of(sandbox, platform.entropy())).transpose()?;
        log.map_or(Ok(()), |log| lock(&log).seal(sandbox))
    });
    if let Err(error) = sealed {
        tracing::warn!(sandbox.id = %sandbox.id(), %error, "a journal was left behind without being sealed");
    }
}

/// The hash by which the journal chains an entry.
fn chained(entry: &[u8]) -> Hash {
    Sha256::digest(entry).into()
}

fn follow_each_other(entries: &[Vec<u8>]) -> Result<(), LogError> {
    for pair in entries.windows(2) {
        if pair[1].get(..32) != Some(&chained(&pair[0])) {
            let seq = Fields::parse(&pair[1]).map_or(0, |fields| fields.seq);
            return Err(LogError::Rewritten { seq });
        }
    }
    Ok(())
}
