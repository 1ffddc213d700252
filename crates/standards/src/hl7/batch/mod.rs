//! Files that carry many messages (HL7 v2.5.1, 2.10.3): FHS, then batches of BHS, messages and BTS, then FTS.
//!
//! [`Batch::parse`] finds where each part begins and ends and keeps the bytes; each message is then read for itself.
//! All wrappers are optional, as in practice: a file of messages alone is a batch too.

mod parse;
mod remark;
mod wrap;

#[cfg(test)]
mod tests;

pub use parse::{Batch, Piece, Role};
pub use remark::{BatchRemark, BatchRemarkKind};
pub use wrap::wrap;
