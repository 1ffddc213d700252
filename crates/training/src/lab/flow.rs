//! What a roster of the emergency department does, on days that nobody has seen.

use super::Bounds;

/// A figure of the learner's roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlowMeasure {
    /// Of all who come on hidden days, the share that no provider sees within the target of their level.
    OverTarget,
    /// Of all who come on hidden days, the share that goes home unseen.
    LeftUnseen,
    /// Minutes within which nine in ten patients of level 2 are seen on hidden days.
    UrgentWait,
    /// Hours that the roster pays in a week.
    PaidHours,
    /// What the roster costs in a week.
    Cost,
    /// Hours of the week in which nobody is there.
    BareHours,
}

impl FlowMeasure {
    /// All measures.
    pub const ALL: [Self; 6] =
        [Self::OverTarget, Self::LeftUnseen, Self::UrgentWait, Self::PaidHours, Self::Cost, Self::BareHours];

    /// The word in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::OverTarget => "over-target",
            Self::LeftUnseen => "left-unseen",
            Self::UrgentWait => "urgent-wait",
            Self::PaidHours => "paid-hours",
            Self::Cost => "cost",
            Self::BareHours => "bare-hours",
        }
    }
}

/// A measure, and what it must read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FlowTest {
    /// Which.
    pub measure: FlowMeasure,
    /// What it must read.
    pub bounds: Bounds,
}
