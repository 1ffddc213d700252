//! Assessments before and after: two matched forms, of which everybody takes one on the first day and the other on the last.
//!
//! Which form comes first is drawn for each person, so that a form that is easier by accident does not look like learning. Nothing
//! depends on the result but to see what was learned: [`gain`] tells it for a cohort, with how far it may be off.

mod assessment;
mod gain;
#[cfg(test)]
mod tests;

pub use assessment::{Assessment, CHOICES, Form, Item, Pair, Sitting};
pub use gain::{Gain, gain};
