//! A workshop's board as a value.
//!
//! A [`Board`] is what several people write at once: shared text, cards in four lanes, a process map and a table. It is a document of Yjs, so what
//! they did merges whatever the order in which it arrives, and a browser that was away catches up by a difference. An update is read by a
//! [gate](gate) before it is merged, and what it would leave is held against [limits] and a fixed [shape](contents): a board holds plain text and nothing
//! else, whoever sends what. From its [contents](contents::Contents) come the [exports](export).
//!
//! A board knows no case and no role: what somebody alone may see has no way into it but their own hands.

pub mod contents;
pub mod export;
pub mod limits;

mod board;
mod gate;
mod read;
mod refusal;

pub use board::Board;
pub use refusal::Refusal;
