use serde::{Deserialize, Serialize};

use crate::note::{Checkpoint, GrowthProof, NoteFault, PublicKey, SecretKey};
use crate::tree::{Hash, ProofFault, consistent, empty_root};

/// How a witness behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Conduct {
    /// It signs what contains all it signed before.
    Honest,
    /// It signs whatever it is shown.
    Lying,
    /// It does not answer.
    Away,
}

/// The newest checkpoint a witness signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Its size.
    pub size: u64,
    /// Its root.
    pub root: Hash,
}

impl Default for Seen {
    fn default() -> Self {
        Self { size: 0, root: empty_root() }
    }
}

/// Why a witness did not sign.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It does not answer.
    #[error("it does not answer")]
    Away,
    /// What it was handed is no checkpoint of this log.
    #[error(transparent)]
    Note(#[from] NoteFault),
    /// The proof begins at another size than the one it saw last.
    #[error("the proof begins at {offered} entries; it last saw {seen}")]
    Elsewhere {
        /// Where the proof begins.
        offered: u64,
        /// What the witness saw last.
        seen: u64,
    },
    /// The new checkpoint does not contain the last.
    #[error("the checkpoint of {size} entries does not contain the {seen} it saw before: {fault}")]
    Rewritten {
        /// The size of the new checkpoint.
        size: u64,
        /// What the witness saw last.
        seen: u64,
        /// How that shows.
        fault: ProofFault,
    },
}

/// Somebody outside who watches that a log only grows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Witness {
    /// Its short name.
    pub name: String,
    /// How it behaves.
    pub conduct: Conduct,
    /// The newest checkpoint it signed.
    pub seen: Seen,
    /// Why it refused the last one it was shown, if it did.
    pub refused: Option<String>,
}

impl Witness {
    /// A witness that has seen nothing yet.
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), conduct: Conduct::Honest, seen: Seen::default(), refused: None }
    }

    /// Hands it a checkpoint of the log with `log`, which it signs with `key` at `time_s` or refuses. Only what it signs
    /// changes what it has seen.
    ///
    /// # Errors
    /// Why it refuses.
    pub fn see(
        &mut self,
        growth: &mut GrowthProof,
        log: &PublicKey,
        key: &SecretKey,
        time_s: u64,
    ) -> Result<(), Refusal> {
        let judged = self.judge(growth, log);
        self.refused = judged.as_ref().err().map(Refusal::to_string);
        self.seen = judged?;
        growth.checkpoint.cosign(key, time_s);
        Ok(())
    }

    fn judge(&self, growth: &GrowthProof, log: &PublicKey) -> Result<Seen, Refusal> {
        if self.conduct == Conduct::Away {
            return Err(Refusal::Away);
        }
        let Checkpoint { size, root, .. } = Checkpoint::open(&growth.checkpoint, log)?;
        let new = Seen { size, root };
        if self.conduct == Conduct::Lying {
            return Ok(new);
        }
        let Seen { size: seen, root: seen_root } = self.seen;
        if growth.old != seen {
            return Err(Refusal::Elsewhere { offered: growth.old, seen });
        }
        let grown = consistent(seen, &seen_root, size, &root, &growth.path);
        grown.map(|()| new).map_err(|fault| Refusal::Rewritten { size, seen, fault })
    }
}
