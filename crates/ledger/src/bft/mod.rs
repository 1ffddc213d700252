//! Agreement of four validators of whom one may be faulty, on a network that is only computed: everything follows from a seed.
//!
//! The protocol is Tendermint (Buchman, Kwon, Milosevic: The latest gossip on BFT consensus, arXiv 1807.04938v3, algorithm 1,
//! read November 2026): in each round one validator proposes, all vote twice, and who has seen three votes of four locks on
//! what they name. A node is one validator; [`run`] lets four of them talk, of whom some may crash, lag or lie, and
//! writes down who said what to whom, and when it came. [`Run::evidence`] finds who contradicted themselves.

mod evidence;
mod fault;
mod log;
mod members;
mod message;
mod network;
mod node;
mod play;
mod run;

pub use evidence::{Contradiction, Vote, keys_of, verify};
pub use fault::Fault;
pub use members::{NAMES, QUORUM, VALIDATORS};
pub use message::{Kind, Message};
pub use play::run;
pub use run::{Asked, Decision, Entered, Run, Sent};

#[cfg(test)]
mod tests;
