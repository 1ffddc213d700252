use std::fmt;

use data_encoding::BASE64;

use super::checkpoint::{Checkpoint, decimal, hash};
use super::signed::{Note, NoteFault};
use crate::tree::Hash;

const HEADER: &str = "c2sp.org/tlog-proof@v1";

/// Hashes of a proof at most: no tree is deeper.
const HASHES_MAX: usize = 64;

/// The proof that an entry is in a log, with the checkpoint it holds for: a file of its own that needs no network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryProof {
    /// The entry's place, from 0.
    pub index: u64,
    /// The hashes beside the way from the entry to the root.
    pub path: Vec<Hash>,
    /// The signed checkpoint.
    pub checkpoint: Note,
}

impl EntryProof {
    /// Reads a tlog-proof.
    ///
    /// # Errors
    /// What is not as it should be.
    pub fn parse(text: &str) -> Result<Self, NoteFault> {
        let bad = |why| NoteFault::Form { what: "proof", why };
        let rest = text.strip_prefix(HEADER).and_then(|rest| rest.strip_prefix('\n'));
        let rest = rest.ok_or_else(|| bad("its first line is c2sp.org/tlog-proof@v1"))?;
        let (head, checkpoint) =
            rest.split_once("\n\n").ok_or_else(|| bad("no empty line before the checkpoint"))?;
        let mut lines = head.split('\n').peekable();
        if let Some(extra) = lines.next_if(|line| line.starts_with("extra ")) {
            BASE64
                .decode(&extra.as_bytes()["extra ".len()..])
                .map_err(|_| bad("its extra data is not base64"))?;
        }
        let index = lines.next().and_then(|line| decimal(line.strip_prefix("index ")?));
        let index = index.ok_or_else(|| bad("a line 'index N' stands before the hashes"))?;
        let path = hashes(lines).ok_or_else(|| bad("it has up to 64 hashes in base64, each on a line"))?;
        Ok(Self { index, path, checkpoint: Note::parse(checkpoint)? })
    }
}

impl fmt::Display for EntryProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}\nindex {}", self.index)?;
        write_hashes(f, &self.path)?;
        write!(f, "\n{}", self.checkpoint)
    }
}

/// The proof that a log has only grown: from an older size to a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrowthProof {
    /// The older size.
    pub old: u64,
    /// The hashes that lead from the older root to the newer.
    pub path: Vec<Hash>,
    /// The newer checkpoint, signed.
    pub checkpoint: Note,
}

impl GrowthProof {
    /// Reads the request of tlog-witness: `old N`, hashes, an empty line, the checkpoint.
    ///
    /// # Errors
    /// What is not as it should be.
    pub fn parse(text: &str) -> Result<Self, NoteFault> {
        let bad = |why| NoteFault::Form { what: "proof of growth", why };
        let (head, checkpoint) =
            text.split_once("\n\n").ok_or_else(|| bad("no empty line before the checkpoint"))?;
        let mut lines = head.split('\n');
        let old = lines.next().and_then(|line| decimal(line.strip_prefix("old ")?));
        let old = old.ok_or_else(|| bad("its first line is 'old N'"))?;
        let path = hashes(lines).ok_or_else(|| bad("it has up to 64 hashes in base64, each on a line"))?;
        Ok(Self { old, path, checkpoint: Note::parse(checkpoint)? })
    }

    /// The checkpoint as a statement, its signature unchecked.
    ///
    /// # Errors
    /// What is not as it should be.
    pub fn stated(&self) -> Result<Checkpoint, NoteFault> {
        Checkpoint::parse(&self.checkpoint.text)
    }
}

impl fmt::Display for GrowthProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.old)?;
        write_hashes(f, &self.path)?;
        write!(f, "\n{}", self.checkpoint)
    }
}

fn hashes<'a>(lines: impl Iterator<Item = &'a str>) -> Option<Vec<Hash>> {
    let path: Option<Vec<_>> = lines.take(HASHES_MAX + 1).map(hash).collect();
    path.filter(|path| path.len() <= HASHES_MAX)
}

fn write_hashes(f: &mut fmt::Formatter<'_>, path: &[Hash]) -> fmt::Result {
    path.iter().try_for_each(|hash| writeln!(f, "{}", BASE64.encode(hash)))
}
