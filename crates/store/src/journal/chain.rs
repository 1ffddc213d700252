use sha2::{Digest, Sha256};

use super::entry::{Entry, NewEntry};

/// A SHA-256 digest.
pub type Hash = [u8; 32];

/// What the first entry of a journal names as its predecessor.
pub const GENESIS: Hash = [0; 32];

/// Where a chain stops being true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// The first entry that does not follow from the one before it.
    pub seq: i64,
    /// What does not fit.
    pub what: &'static str,
}

/// The hash of entry `seq` after `previous`: over its bytes, as [`write`] has them.
pub(crate) fn hash(seq: i64, event: &NewEntry, detail: &str, previous: &Hash) -> Hash {
    let mut digest = Sha256::new();
    write(seq, event, detail, previous, |bytes| digest.update(bytes));
    digest.finalize().into()
}

/// The bytes of an entry, piece by piece. Each field goes in with its length, so that no two entries read alike.
/// `detail` is the text that is stored, since JSON can be written in more than one way.
pub(crate) fn write(seq: i64, event: &NewEntry, detail: &str, previous: &Hash, mut put: impl FnMut(&[u8])) {
    put(previous);
    for number in [seq, event.virtual_us, event.wall_us] {
        put(&number.to_be_bytes());
    }
    put(&[u8::from(event.subject.is_some())]);
    let subject = event.subject.as_deref().unwrap_or_default();
    for text in [&event.actor, &event.source, &event.target, &event.kind, subject, &event.outcome, detail] {
        put(&(text.len() as u64).to_be_bytes());
        put(text.as_bytes());
    }
}

/// Whether `entry`, stored with `detail`, follows an entry `seq_before` with hash `previous`.
pub(crate) fn check(entry: &Entry, detail: &str, seq_before: i64, previous: &Hash) -> Result<(), Break> {
    let fault = |what| Err(Break { seq: entry.seq, what });
    if entry.seq != seq_before + 1 {
        return fault("an entry is missing before this one");
    }
    if entry.previous != *previous {
        return fault("it names another predecessor than the entry before it");
    }
    if entry.hash != hash(entry.seq, &entry.event, detail, previous) {
        return fault("its fields do not match its hash");
    }
    Ok(())
}
