//! What searches need to know about codes: which lie above or below another, and which a value set has.

mod knowledge;
mod terminology;

#[cfg(test)]
mod tests;

pub use knowledge::{Coded, Codes, NoCodes};
