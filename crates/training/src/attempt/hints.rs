//! Hints: a ladder for each check, priced in this lab's own evidence.
//!
//! A price comes off what the check is worth in this lab, never off a purse that earlier labs filled: whoever needs
//! help most must be able to afford it. The whole ladder costs the whole check, and the lab can still be finished.

use super::CheckState;
use crate::lab::Check;

/// What the rungs are called, first to last.
pub const RUNG_NAMES: [&str; 4] = ["nudge", "pointer", "method", "worked step"];

/// So many failed asks of a check make its first hint free.
pub const HINTS_FREE_AFTER: u32 = 3;

/// What each rung takes from the check's worth.
const PRICES: [f64; 4] = [0.1, 0.15, 0.25, 0.5];

/// The next hint for a check.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer<'a> {
    /// Which rung, from 0.
    pub rung: usize,
    /// Its name.
    pub name: &'static str,
    /// What it takes from the check's worth, 0 to 1.
    pub price: f64,
    /// Whether it is the free one.
    pub free: bool,
    /// Its text, with placeholders; shown once taken.
    pub text: &'a str,
}

/// Why there is no next hint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The check has passed; a hint is always about what stands in the way.
    #[error("this check is green already; ask for a hint on one that is not")]
    Green,
    /// All rungs are taken.
    #[error("there is no further hint for this check; ask your instructor, or reset the step and try again")]
    Taken,
}

/// The next hint for a check, or why there is none.
///
/// # Errors
/// [`Refusal`] when the check is green or its ladder is used up.
pub fn offer<'a>(check: &'a Check, state: &CheckState) -> Result<Offer<'a>, Refusal> {
    if state.green {
        return Err(Refusal::Green);
    }
    let rung = state.hints.len();
    let text = check.hints.get(rung).ok_or(Refusal::Taken)?;
    let free = rung == 0 && state.failed_asks >= HINTS_FREE_AFTER;
    let price = if free { 0.0 } else { PRICES[rung.min(3)] };
    Ok(Offer { rung, name: RUNG_NAMES[rung.min(3)], price, free, text })
}

/// What the hints taken for a check cost, 0 to 1. Each item says whether that rung was free.
#[must_use]
pub fn hint_price(taken: &[bool]) -> f64 {
    taken.iter().zip(PRICES).filter(|(free, _)| !**free).map(|(_, price)| price).sum()
}
