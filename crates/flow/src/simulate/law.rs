use serde::{Deserialize, Serialize};

use super::Chance;
use crate::FlowError;

/// The longest mean, in minutes: a year.
const MEAN_MINUTES_MAX: f64 = 525_600.0;
/// The most a duration may vary, as deviation over mean.
const VARIATION_MAX: f64 = 10.0;

/// How long something takes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "shape", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Law {
    /// Always as long.
    Fixed {
        /// Minutes.
        minutes: f64,
    },
    /// Without memory.
    Exponential {
        /// Minutes on average.
        minutes: f64,
    },
    /// Skewed, as most durations of care are.
    LogNormal {
        /// Minutes on average.
        minutes: f64,
        /// Standard deviation over mean.
        variation: f64,
    },
}

impl Law {
    /// Minutes on average.
    #[must_use]
    pub fn mean_minutes(&self) -> f64 {
        match self {
            Self::Fixed { minutes } | Self::Exponential { minutes } | Self::LogNormal { minutes, .. } => {
                *minutes
            }
        }
    }

    /// One duration, in microseconds. Every shape takes as many numbers, so that no other draw moves when a shape is changed.
    pub(super) fn draw_us(&self, chance: &mut Chance) -> u64 {
        let (normal, exponential) = (chance.normal(), chance.exponential());
        let minutes = match *self {
            Self::Fixed { minutes } => minutes,
            Self::Exponential { minutes } => minutes * exponential,
            Self::LogNormal { minutes, variation } => {
                let spread = (1.0 + variation * variation).ln();
                minutes * (normal * spread.sqrt() - spread / 2.0).exp()
            }
        };
        // Never so long that times could overflow.
        (minutes.min(MEAN_MINUTES_MAX * 10.0) * 60e6) as u64
    }

    pub(super) fn check(&self, what: &str) -> Result<(), FlowError> {
        let mean = self.mean_minutes();
        if !(0.0..=MEAN_MINUTES_MAX).contains(&mean) {
            return Err(FlowError::Input(format!("{what} cannot take {mean} minutes on average")));
        }
        match self {
            Self::LogNormal { variation, .. } if !(0.0..=VARIATION_MAX).contains(variation) => {
                Err(FlowError::Input(format!("{what} cannot vary by {variation}; give 0 to {VARIATION_MAX}")))
            }
            _ => Ok(()),
        }
    }
}
