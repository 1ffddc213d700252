//! The Merkle tree of a transparency log: RFC 9162, section 2.1, which has the hashes of RFC 6962.
//!
//! A [`Tree`] only grows. From it come two kinds of proof: that an entry is in it, and that a smaller tree is its beginning.
//! [`included`] and [`consistent`] judge proofs without having the tree; they are all that an auditor needs.

mod grow;
mod hash;
mod prove;
mod verify;

pub use grow::Tree;
pub use hash::{Hash, empty_root, leaf_hash, node_hash};
pub use verify::{ProofFault, consistent, included};

#[cfg(test)]
mod tests;
