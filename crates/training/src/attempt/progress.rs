//! How far an attempt is.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::hint_price;
use crate::check::Verdict;
use crate::lab::{Check, Modifier, Variant};

/// What is taken from the score for each trap that was ever tripped, even if put right since.
pub const TRAP_PRICE: f64 = 0.1;

/// What is known about one check of one attempt.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CheckState {
    /// The latest verdict; none before the first look.
    pub verdict: Option<Verdict>,
    /// Whether it counts as green: passed, in time, and for long enough.
    pub green: bool,
    /// Since when the verdict has been "passed", by the hospital's clock.
    pub passed_since_us: Option<i64>,
    /// How often the learner asked and it had not passed.
    pub failed_asks: u32,
    /// For a trap: whether it was ever tripped.
    pub ever_tripped: bool,
    /// Rungs of the hint ladder taken so far, each with whether it was free.
    pub hints: Vec<bool>,
}

/// The hospital's time when the attempt began and now, in microseconds since 1970 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// When the attempt began.
    pub started_us: i64,
    /// Now.
    pub now_us: i64,
}

/// The state of a check after a new verdict. `asked` is true when the learner asked for it, which counts towards the
/// free hint; a verdict that came by itself does not.
#[must_use]
pub fn settle(check: &Check, before: &CheckState, verdict: Verdict, clock: Clock, asked: bool) -> CheckState {
    let passed = verdict.passed;
    let passed_since_us = passed.then(|| before.passed_since_us.unwrap_or(clock.now_us));
    let in_time =
        |since: i64| check.within.is_none_or(|within| since.saturating_sub(clock.started_us) <= within.us);
    let stable =
        |since: i64| check.stable_for.is_none_or(|hold| clock.now_us.saturating_sub(since) >= hold.us);
    CheckState {
        green: passed_since_us.is_some_and(|since| in_time(since) && stable(since)),
        verdict: Some(verdict),
        passed_since_us,
        failed_asks: before.failed_asks.saturating_add(u32::from(asked && !passed)),
        ever_tripped: before.ever_tripped || (check.modifier == Modifier::Never && !passed),
        hints: before.hints.clone(),
    }
}

/// How far one step is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepProgress {
    /// The step.
    pub id: String,
    /// Green musts.
    pub green: usize,
    /// All musts.
    pub musts: usize,
}

impl StepProgress {
    /// Whether every must of the step is green.
    #[must_use]
    pub fn done(&self) -> bool {
        self.green == self.musts
    }
}

/// How far an attempt is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Progress {
    /// Each step, in order.
    pub steps: Vec<StepProgress>,
    /// Ids of traps that are tripped now.
    pub tripped: Vec<String>,
    /// Whether every must is green and no trap is tripped.
    pub finished: bool,
    /// What the attempt is worth so far, 0 to 1: musts in equal parts, each less the hints taken for it, with bonuses
    /// making up for losses, less [`TRAP_PRICE`] for each trap ever tripped; nothing while one is tripped.
    pub score: f64,
}

/// How far an attempt is, from the state of its checks by id.
#[must_use]
pub fn progress(variant: &Variant, states: &BTreeMap<String, CheckState>) -> Progress {
    let state = |check: &Check| states.get(&check.id).cloned().unwrap_or_default();
    let of = |modifier| variant.checks().filter(move |check| check.modifier == modifier);
    let steps: Vec<StepProgress> = variant
        .steps
        .iter()
        .map(|step| {
            let musts = || step.checks.iter().filter(|check| check.modifier == Modifier::Must);
            let green = musts().filter(|check| state(check).green).count();
            StepProgress { id: step.id.clone(), green, musts: musts().count() }
        })
        .collect();
    let is_tripped = |check: &&Check| state(check).verdict.is_some_and(|verdict| !verdict.passed);
    let tripped: Vec<String> = of(Modifier::Never).filter(is_tripped).map(|check| check.id.clone()).collect();
    let worth = |check: &Check| if state(check).green { 1.0 - hint_price(&state(check).hints) } else { 0.0 };
    let musts: Vec<f64> = of(Modifier::Must).map(worth).collect();
    let bonuses: f64 = of(Modifier::Bonus).map(worth).sum();
    let traps: f64 = of(Modifier::Never).filter(|check| state(check).ever_tripped).map(|_| TRAP_PRICE).sum();
    #[allow(clippy::cast_precision_loss, reason = "a lab has a handful of checks")]
    let mean =
        if musts.is_empty() { 0.0 } else { (musts.iter().sum::<f64>() + bonuses) / musts.len() as f64 };
    let finished = tripped.is_empty() && !musts.is_empty() && steps.iter().all(StepProgress::done);
    let score = if tripped.is_empty() { (mean.min(1.0) - traps).max(0.0) } else { 0.0 };
    Progress { steps, tripped, finished, score }
}
