//! Numbers that a state may state, draw or take from what the walk remembers.

use crate::random::Stream;

/// How many numbers a walk remembers.
pub(crate) const MEMORY: usize = 4;

/// Where a number comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Number {
    /// It is this.
    Is(f64),
    /// Drawn around a mean, within bounds.
    Around { mean: f64, spread: f64, low: f64, high: f64 },
    /// A remembered number, times and plus something.
    Of { slot: usize, times: f64, plus: f64 },
}

impl Number {
    /// The number.
    pub(crate) fn draw(self, memory: &[f64; MEMORY], stream: &mut Stream) -> f64 {
        match self {
            Self::Is(value) => value,
            Self::Around { mean, spread, low, high } => stream.normal(mean, spread).max(low).min(high),
            Self::Of { slot, times, plus } => memory[slot] * times + plus,
        }
    }
}
