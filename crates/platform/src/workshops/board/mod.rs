//! The board of a workshop: shared text, cards, a process map and a table that everybody writes at once.
//!
//! [`boards`] merges and refuses; this module keeps what was merged, update by update, and says who may write. Nothing of a run has a way in: a board
//! is made of what its people send, and what it answers is made of the board alone.

mod export;
mod here;
mod kept;
mod may;
mod view;
mod write;

pub(super) use here::Here;
pub use here::Looker;
pub(super) use kept::KeptBoards;
pub use view::{BoardDifference, BoardView, board_channel_of};
