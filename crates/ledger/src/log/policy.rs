use crate::note::{Checkpoint, EntryProof, GrowthProof, Note, NoteFault, PublicKey};
use crate::tree::{ProofFault, consistent, included, leaf_hash};

/// What somebody goes by who trusts neither the operator nor any single witness.
#[derive(Debug, Clone)]
pub struct Policy {
    /// The key of the log.
    pub log: PublicKey,
    /// The keys of the witnesses that count.
    pub witnesses: Vec<PublicKey>,
    /// How many of them must have signed.
    pub quorum: usize,
}

/// What was proven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The checkpoint it holds for.
    pub checkpoint: Checkpoint,
    /// The witnesses that signed it, with when, in seconds since 1970 UTC.
    pub witnesses: Vec<(String, u64)>,
}

/// Why nothing was proven.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unproven {
    /// A note, checkpoint or proof that cannot be read, or a signature that is missing or does not fit.
    #[error(transparent)]
    Note(#[from] NoteFault),
    /// The hashes do not prove it.
    #[error(transparent)]
    Proof(#[from] ProofFault),
    /// Too few witnesses.
    #[error("{signed} of the known witnesses signed; {quorum} are asked for")]
    Witnesses {
        /// How many signed.
        signed: usize,
        /// How many must.
        quorum: usize,
    },
    /// The proof begins somewhere else than the older checkpoint.
    #[error("the proof begins at {old} entries, the older checkpoint has {size}")]
    Elsewhere {
        /// Where the proof begins.
        old: u64,
        /// What the checkpoint has.
        size: u64,
    },
    /// The operator signed two roots over as many entries.
    #[error("the operator signed two histories: different roots over the same {size} entries")]
    TwoHistories {
        /// How many entries.
        size: u64,
    },
}

impl Policy {
    /// Whether a checkpoint is signed by the log and enough witnesses.
    ///
    /// # Errors
    /// What is missing.
    pub fn checkpoint(&self, note: &Note) -> Result<Accepted, Unproven> {
        let checkpoint = Checkpoint::open(note, &self.log)?;
        let mut witnesses = Vec::new();
        for key in &self.witnesses {
            match note.cosigned_by(key) {
                Ok(cosigned) => witnesses.push((key.name().to_owned(), cosigned.time_s)),
                Err(NoteFault::Unsigned(_)) => {}
                Err(fault) => return Err(fault.into()),
            }
        }
        let (signed, quorum) = (witnesses.len(), self.quorum);
        if signed < quorum {
            Err(Unproven::Witnesses { signed, quorum })
        } else {
            Ok(Accepted { checkpoint, witnesses })
        }
    }

    /// Whether `entry` is in the log.
    ///
    /// # Errors
    /// What does not hold.
    pub fn entry(&self, entry: &[u8], proof: &EntryProof) -> Result<Accepted, Unproven> {
        let accepted = self.checkpoint(&proof.checkpoint)?;
        let Checkpoint { size, root, .. } = &accepted.checkpoint;
        included(&leaf_hash(entry), proof.index, *size, root, &proof.path)?;
        Ok(accepted)
    }

    /// Whether the log has only grown since the `older` checkpoint, which the log alone need have signed.
    ///
    /// # Errors
    /// What does not hold.
    pub fn growth(&self, older: &Note, growth: &GrowthProof) -> Result<Accepted, Unproven> {
        let old = Checkpoint::open(older, &self.log)?;
        let accepted = self.checkpoint(&growth.checkpoint)?;
        let new = &accepted.checkpoint;
        if old.size == new.size && old.root != new.root {
            return Err(Unproven::TwoHistories { size: old.size });
        }
        if growth.old != old.size {
            return Err(Unproven::Elsewhere { old: growth.old, size: old.size });
        }
        consistent(old.size, &old.root, new.size, &new.root, &growth.path)?;
        Ok(accepted)
    }
}
