//! What a table tells about single people once it is given away: how many share what could tell who they are, how coarse it
//! has to become until enough do, and whom somebody with a register would find.

mod attack;
mod classes;
mod ladder;
mod search;
#[cfg(test)]
mod tests;

pub use attack::{Attack, attack};
pub use classes::{Classes, classes};
pub use ladder::Ladder;
pub use search::{Coarser, NODES_MAX, Wanted, coarser};
