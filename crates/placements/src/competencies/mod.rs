//! What somebody has shown that they can do: how far, how often without help, how lately, and how sure one can be.
//!
//! There is no single number. [`standing`] keeps apart what is known of one competency, and [`next_step`] says what to do about it. What is
//! not used is lost: the weight of a proof halves in half a year, about what is found for accuracy (a meta-analysis of 1,344 effects, doi
//! 10.1037/bul0000481), and after 90 days, or 180 once shown twice, a short refresher is due.

mod next;
mod standing;
#[cfg(test)]
mod tests;

pub use next::{Offer, Step, next_step};
pub use standing::{Estimate, Level, Proof, Standing, standing};
