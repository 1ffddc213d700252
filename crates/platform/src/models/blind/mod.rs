//! Blind tests: how well a risk does for people whom nobody has seen.
//!
//! A test is of a task in the content, so that nobody can write the outcome into a question of their own. Its cases are [`drawn`]
//! from strangers, one of each person, with what was known of each at its index time. A hospital gets some of them, under names of
//! its own, and hands in a risk for each: half of the answers are told at once, the other half when the test is closed with one of a
//! few tries. What is read from so few figures so often is learnt by heart; the gap between the two halves says how much.

mod drawn;
mod keep;
mod paper;
mod score;

pub(crate) use drawn::Blind;
pub use drawn::Opening;
pub use keep::{BlindTest, BlindTry, Risks, TRIES_MAX, open_blind_test};
pub use score::Score;
