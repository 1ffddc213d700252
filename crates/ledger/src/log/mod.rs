//! A transparency log at work: who keeps it, who watches it, who checks it.
//!
//! An [`Operator`] signs checkpoints over a tree. It can be told to show a second history, in which one entry reads
//! otherwise. A [`Witness`] remembers the newest checkpoint it saw and signs the next one only if that contains the last;
//! it can be told to lie or to stay away. A [`Policy`] is all that somebody has who trusts nobody: keys, and how many
//! witnesses are enough. [`Fields`] are an entry of a journal as the bytes that the tree is made of. A [`Tray`] is a pile of
//! proofs, good and forged, to try all of this on.

mod fields;
mod operator;
mod policy;
mod tray;
mod witness;

pub use fields::Fields;
pub use operator::{History, Operator, Second};
pub use policy::{Accepted, Policy, Unproven};
pub use tray::{Forgery, Sheet, Tray};
pub use witness::{Conduct, Refusal, Seen, Witness};

#[cfg(test)]
mod tests;
