//! What a table tells about single people once it is given away: how many share what could tell who they are, how coarse it
//! has to become until enough do, whom somebody with a register would find, and counts that hide one person's part in them.

mod attack;
mod classes;
mod ladder;
mod noise;
mod search;
#[cfg(test)]
mod tests;
mod unmask;

pub use attack::{Attack, attack};
pub use classes::{Classes, classes};
pub use ladder::Ladder;
pub use noise::{EPSILON_RANGE, noise};
pub use search::{Coarser, NODES_MAX, Wanted, coarser};
pub use unmask::{KnownOf, Released, Unmasked, unmask};
