//! How trees are signed and proofs are written down: plain text that a person can read and a shell can cut.
//!
//! The forms are those of the C2SP (c2sp.org, read November 2026): [`Note`] is a *signed-note*, [`Checkpoint`] a
//! *tlog-checkpoint*, the signatures of witnesses are *tlog-cosignature* v1, [`EntryProof`] is a *tlog-proof* and
//! [`GrowthProof`] the request by which *tlog-witness* hands a witness a new checkpoint.

mod checkpoint;
mod key;
mod proof;
mod signed;

pub use checkpoint::Checkpoint;
pub use key::{PublicKey, Role, SecretKey};
pub use proof::{EntryProof, GrowthProof};
pub use signed::{Cosigned, Note, NoteFault, Signature};

#[cfg(test)]
mod tests;
