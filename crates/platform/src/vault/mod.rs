//! The key vault of a hospital: a salt for each name, which never leaves it, and which can be destroyed.
//!
//! What is to be proven later and must not be public now is committed to as SHA-256(salt ‖ value). Whoever destroys the salt
//! makes the commitment say nothing any more: guessing the value no longer helps, since nobody can guess the salt. So salts
//! are kept outside the journal and outside snapshots, where an erased one would come back; a reset of the hospital empties
//! the vault.

mod keep;
mod serve;

pub(crate) use keep::Vault;
pub use keep::VaultError;
pub(crate) use serve::empty;
pub use serve::{Commitment, Named, commit, destroy, names};
