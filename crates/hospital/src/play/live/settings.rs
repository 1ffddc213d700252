//! What a live house is opened with.

use serde::{Deserialize, Serialize};

use crate::population::Recipe;

/// Names one live house; equal settings, pathways and commands give equal days.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LiveSettings {
    /// The population that has a chart when it opens, and the instant it opens at.
    pub recipe: Recipe,
    /// Distinguishes days that begin alike: the sandbox, the attempt.
    pub seed: u64,
    /// Arrivals at the emergency department on an average day.
    pub emergency_per_day: f64,
    /// Booked stays on an average day.
    pub planned_per_day: f64,
    /// Visits to the clinics on a working day.
    pub clinic_per_day: f64,
    /// Share of emergency arrivals who have a chart already, 0 to 1.
    pub known_share: f64,
}

impl LiveSettings {
    /// A hospital of about 200 beds: 45,000 emergency visits a year, twelve booked stays and forty clinic visits a day.
    pub fn of(recipe: Recipe, seed: u64) -> Self {
        Self {
            recipe,
            seed,
            emergency_per_day: 123.0,
            planned_per_day: 12.0,
            clinic_per_day: 40.0,
            known_share: 0.35,
        }
    }
}
