use serde::{Deserialize, Serialize};

use crate::problem::ModelError;

/// How trees are grown. The names are XGBoost's.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// How many trees.
    pub trees: usize,
    /// How deep a tree may be.
    pub max_depth: usize,
    /// What share of each tree counts.
    pub learning_rate: f64,
    /// The penalty on the leaves' values.
    pub lambda: f64,
    /// What a split must gain.
    pub gamma: f64,
    /// The least sum of second derivatives in a leaf.
    pub min_child_weight: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { trees: 100, max_depth: 6, learning_rate: 0.1, lambda: 1.0, gamma: 0.0, min_child_weight: 1.0 }
    }
}

impl Settings {
    pub(super) fn check(&self) -> Result<(), ModelError> {
        let wrong = |setting, value: String, range| Err(ModelError::Setting { setting, value, range });
        match self {
            Self { trees, .. } if !(1..=2_000).contains(trees) => {
                wrong("trees", trees.to_string(), "from 1 to 2000")
            }
            Self { max_depth, .. } if !(1..=12).contains(max_depth) => {
                wrong("max_depth", max_depth.to_string(), "from 1 to 12")
            }
            Self { learning_rate: rate, .. } if !(*rate > 0.0 && *rate <= 1.0) => {
                wrong("learning_rate", rate.to_string(), "above 0 and at most 1")
            }
            Self { lambda, .. } if !(*lambda >= 0.0 && lambda.is_finite()) => {
                wrong("lambda", lambda.to_string(), "at least 0")
            }
            Self { gamma, .. } if !(*gamma >= 0.0 && gamma.is_finite()) => {
                wrong("gamma", gamma.to_string(), "at least 0")
            }
            Self { min_child_weight: least, .. } if !(*least >= 0.0 && least.is_finite()) => {
                wrong("min_child_weight", least.to_string(), "at least 0")
            }
            Self { .. } => Ok(()),
        }
    }
}
