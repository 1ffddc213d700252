/// A piece of honest work that was refused or had to wait because of what the defenders did.
#[derive(Debug, Clone, PartialEq)]
pub struct Refused {
    /// How much it matters: an emergency order 10, a look by billing 1.
    pub weight: f64,
    /// How long it waited, in minutes; none if it was never done.
    pub delayed_min: Option<f64>,
}

/// After so many minutes a delay is as bad as a refusal.
const AS_BAD_MIN: f64 = 60.0;

/// The harm done to care: weights of what was refused, and of what was delayed in proportion.
#[must_use]
pub fn harm(refused: &[Refused]) -> f64 {
    let share = |one: &Refused| one.delayed_min.map_or(1.0, |minutes| (minutes / AS_BAD_MIN).clamp(0.0, 1.0));
    refused.iter().map(|one| one.weight.max(0.0) * share(one)).sum()
}
