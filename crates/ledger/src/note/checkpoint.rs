use std::fmt;

use data_encoding::BASE64;

use super::key::PublicKey;
use super::signed::{Note, NoteFault};
use crate::tree::Hash;

/// What an operator states about its log: this many entries, and this root over them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log.
    pub origin: String,
    /// How many entries it has.
    pub size: u64,
    /// The root of the tree over them.
    pub root: Hash,
}

impl Checkpoint {
    /// Reads the text of a note as a checkpoint. Further lines are allowed and mean nothing here.
    ///
    /// # Errors
    /// What is not as it should be.
    pub fn parse(text: &str) -> Result<Self, NoteFault> {
        let bad = |why| NoteFault::Form { what: "checkpoint", why };
        let mut lines = text.split('\n');
        let origin = lines.next().filter(|origin| !origin.is_empty());
        let origin = origin.ok_or_else(|| bad("its first line names the log"))?.to_owned();
        let size = lines.next().and_then(decimal).ok_or_else(|| bad("its second line is the size"))?;
        let root = lines.next().and_then(hash).ok_or_else(|| bad("its third line is the root in base64"))?;
        Ok(Self { origin, size, root })
    }

    /// Reads the checkpoint of `note`, which the log with `key` must have signed and be named by.
    ///
    /// # Errors
    /// What is not as it should be, or that it is not signed.
    pub fn open(note: &Note, key: &PublicKey) -> Result<Self, NoteFault> {
        note.signed_by(key)?;
        let checkpoint = Self::parse(&note.text)?;
        let why = "it is of another log than the one that signed it";
        if checkpoint.origin == key.name() {
            Ok(checkpoint)
        } else {
            Err(NoteFault::Form { what: "checkpoint", why })
        }
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.size, BASE64.encode(&self.root))
    }
}

/// A number as checkpoints and proofs have it: digits without leading zeros.
pub(super) fn decimal(text: &str) -> Option<u64> {
    let plain = text == "0" || !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| plain)
}

/// A hash in base64.
pub(super) fn hash(text: &str) -> Option<Hash> {
    BASE64.decode(text.as_bytes()).ok()?.try_into().ok()
}
