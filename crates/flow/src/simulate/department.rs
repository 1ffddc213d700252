use serde::{Deserialize, Serialize};

use super::Law;
use crate::{FlowError, HOURS};

/// Levels of urgency (Emergency Severity Index, version 5).
pub const LEVELS: usize = 5;

/// The most that may come, work or lie anywhere at once.
const COUNT_MAX: u32 = 10_000;
/// The most arrivals in an hour.
const RATE_MAX: f64 = 1_000.0;

/// What an emergency department is, apart from who works in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Department {
    /// Arrivals an hour, on average, for each hour of the week from Monday at midnight.
    pub arrivals_per_hour: Vec<f64>,
    /// The levels, 1 first.
    pub levels: [Level; LEVELS],
    /// How long triage takes.
    pub triage: Law,
    /// How long a test takes, from when it begins.
    pub test: Law,
    /// Tests that can run at once.
    pub test_places: u32,
    /// How long the provider's decision takes when the results are there.
    pub disposition: Law,
    /// Rooms in which patients are treated, and in which they board.
    pub rooms: u32,
    /// Beds on the wards that are there for this department's patients.
    pub beds: u32,
    /// How long an admitted patient lies in such a bed.
    pub bed_stay: Law,
}

/// One level of urgency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// Its share of all arrivals.
    pub share: f64,
    /// How long the provider is with the patient at first.
    pub provider: Law,
    /// The share that is tested.
    pub tested: f64,
    /// The share that is admitted.
    pub admitted: f64,
    /// How long patients wait for the provider before they go home, on average; they stay for ever when nothing is said.
    pub patience_minutes: Option<f64>,
    /// Minutes from arrival within which the provider should come.
    pub target_minutes: f64,
}

/// Who works, for each hour of the week from Monday at midnight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Staffing {
    /// Nurses at triage.
    pub triage: Vec<u32>,
    /// Providers: physicians and those who work as they do.
    pub providers: Vec<u32>,
}

impl Staffing {
    /// The same at every hour.
    #[must_use]
    pub fn constant(triage: u32, providers: u32) -> Self {
        Self { triage: vec![triage; HOURS], providers: vec![providers; HOURS] }
    }

    /// Whether it is one that can be worked.
    ///
    /// # Errors
    /// When it has not a number for each hour, or one that is beyond all measure.
    pub fn check(&self) -> Result<(), FlowError> {
        for (who, hours) in [("nurses at triage", &self.triage), ("providers", &self.providers)] {
            if hours.len() != HOURS {
                let what = format!("{who} are given for {} hours; a week has {HOURS}", hours.len());
                return Err(FlowError::Input(what));
            }
            if hours.iter().any(|count| *count > COUNT_MAX) {
                return Err(FlowError::Input(format!("no hour has more than {COUNT_MAX} {who}")));
            }
        }
        Ok(())
    }
}

impl Department {
    /// Whether the numbers describe a department.
    ///
    /// # Errors
    /// What is wrong first.
    pub fn check(&self) -> Result<(), FlowError> {
        let wrong = |what: String| Err(FlowError::Input(what));
        if self.arrivals_per_hour.len() != HOURS {
            let given = self.arrivals_per_hour.len();
            return wrong(format!("arrivals are given for {given} hours; a week has {HOURS}"));
        }
        if let Some(rate) = self.arrivals_per_hour.iter().find(|rate| !(0.0..=RATE_MAX).contains(*rate)) {
            return wrong(format!("{rate} arrivals in an hour are not between 0 and {RATE_MAX}"));
        }
        for (what, count) in
            [("places for tests", self.test_places), ("rooms", self.rooms), ("beds", self.beds)]
        {
            if count > COUNT_MAX {
                return wrong(format!("there cannot be {count} {what}; {COUNT_MAX} at most"));
            }
        }
        let sum: f64 = self.levels.iter().map(|level| level.share).sum();
        if (sum - 1.0).abs() > 1e-6 {
            return wrong(format!("the shares of the levels sum to {sum}, not to 1"));
        }
        self.triage.check("triage")?;
        self.test.check("a test")?;
        self.disposition.check("a decision")?;
        self.bed_stay.check("a stay in a bed")?;
        for (at, level) in self.levels.iter().enumerate() {
            level.check(at + 1)?;
        }
        Ok(())
    }

    /// Minutes that a patient takes of a provider, on average over all levels.
    #[must_use]
    pub fn provider_minutes(&self) -> f64 {
        let of_level = |level: &Level| level.share * level.provider.mean_minutes();
        self.levels.iter().map(of_level).sum::<f64>() + self.disposition.mean_minutes()
    }
}

impl Level {
    fn check(&self, number: usize) -> Result<(), FlowError> {
        for (what, share) in [("share", self.share), ("tested", self.tested), ("admitted", self.admitted)] {
            if !(0.0..=1.0).contains(&share) {
                return Err(FlowError::Input(format!(
                    "`{what}` of level {number} is {share}, not between 0 and 1"
                )));
            }
        }
        let patience = self.patience_minutes.unwrap_or(1.0);
        if !(patience > 0.0 && patience.is_finite()) {
            return Err(FlowError::Input(format!("level {number} cannot wait {patience} minutes")));
        }
        if !(self.target_minutes >= 0.0 && self.target_minutes.is_finite()) {
            return Err(FlowError::Input(format!("the target of level {number} is no time")));
        }
        self.provider.check(&format!("the provider at level {number}"))
    }
}
