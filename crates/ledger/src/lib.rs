//! What can be proven about records, as pure decisions: no file, no socket, no clock, no chance of its own.
//!
//! [`tree`] is the Merkle tree of RFC 6962 and RFC 9162 with its proofs. [`note`] is how such trees are signed and proofs
//! written down, in the text forms of the C2SP. [`log`] puts them together: an operator, witnesses that watch it, and what
//! somebody who trusts neither can check. [`chain`] is the other kind of ledger: a chain of blocks with an Ethereum virtual
//! machine, which several parties share that do not trust one another; [`rpc`] is how programs talk to it, [`abi`] how its
//! contracts are asked in words, and [`trial`] how they are judged. [`bft`] is how several parties come to one chain at all.

pub mod abi;
pub mod bft;
pub mod chain;
pub mod log;
pub mod note;
pub mod rpc;
pub mod shipped;
pub mod tree;
pub mod trial;
