//! Reset at four grains: what goes, what stays.

use super::CheckState;
use crate::lab::Variant;

/// How much is to be done again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Grain {
    /// One step, and those after it.
    Step(String),
    /// The lab: the same patients and problem, from its start; named snapshots stay.
    Lab,
    /// The sandbox: everything in it goes, snapshots and journal too, and the lab is set up again.
    Sandbox,
    /// Every lab of the track, as new attempts.
    Track,
}

/// What to put the hospital back to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Restore {
    /// A snapshot, by name; its own and earlier entries of the journal stay.
    Snapshot(String),
    /// The image with the lab's faults placed again from the same seed; snapshots stay.
    Start,
    /// The same, in a new sandbox file: snapshots and journal are gone.
    Fresh,
}

/// What a reset does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResetPlan {
    /// What the hospital goes back to.
    pub restore: Restore,
    /// Checks whose verdicts are forgotten. Hints taken, and traps once tripped, stay on record: help that was given
    /// and harm that was done do not go away by starting over.
    pub forget: Vec<String>,
    /// Whether the attempt ends here and another begins, with the next number and so with another seed.
    pub next_attempt: bool,
}

/// The name of the snapshot the platform takes when a step begins; the first step begins at the start.
#[must_use]
pub fn step_snapshot(step: &str) -> String {
    format!("step-{step}")
}

/// What a reset at this grain does; `None` when the lab has no such step.
#[must_use]
pub fn reset(variant: &Variant, grain: &Grain) -> Option<ResetPlan> {
    let first = match grain {
        Grain::Step(id) => variant.steps.iter().position(|step| step.id == *id)?,
        Grain::Lab | Grain::Sandbox | Grain::Track => 0,
    };
    let restore = match grain {
        Grain::Step(id) if first > 0 => Restore::Snapshot(step_snapshot(id)),
        Grain::Step(_) | Grain::Lab => Restore::Start,
        Grain::Sandbox | Grain::Track => Restore::Fresh,
    };
    let forget =
        variant.steps[first..].iter().flat_map(|step| &step.checks).map(|check| check.id.clone()).collect();
    Some(ResetPlan { restore, forget, next_attempt: *grain == Grain::Track })
}

impl CheckState {
    /// The state after a reset that forgets this check.
    #[must_use]
    pub fn forgotten(&self) -> Self {
        Self { hints: self.hints.clone(), ever_tripped: self.ever_tripped, ..Self::default() }
    }
}
