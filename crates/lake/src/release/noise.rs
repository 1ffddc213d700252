use std::ops::RangeInclusive;

/// What one count may cost of a budget.
pub const EPSILON_RANGE: RangeInclusive<f64> = 0.001..=2.0;

/// A whole number to be added to a count, so that one person more or less in it cannot be told.
///
/// It is drawn by the two-sided geometric mechanism (Ghosh, Roughgarden and Sundararajan, "Universally utility-maximizing privacy mechanisms", 2009), which is
/// epsilon-differentially private for counts that one person changes by at most one. `chance` gives 64 bits that nobody can
/// foresee; `epsilon` is held to [`EPSILON_RANGE`].
pub fn noise(epsilon: f64, chance: &mut dyn FnMut() -> u64) -> i64 {
    let epsilon = epsilon.clamp(*EPSILON_RANGE.start(), *EPSILON_RANGE.end());
    // The difference of two geometric numbers with the same ratio is the two-sided one.
    geometric(epsilon, chance()) - geometric(epsilon, chance())
}

/// A number with P(n) = (1 - a) a^n for a = exp(-epsilon), by inversion of 53 bits.
fn geometric(epsilon: f64, bits: u64) -> i64 {
    // Never 0, whose logarithm is none: (0, 1].
    let uniform = ((bits >> 11) as f64 + 1.0) / (1_u64 << 53) as f64;
    (-uniform.ln() / epsilon).floor() as i64
}
