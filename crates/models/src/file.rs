use serde::{Deserialize, Serialize};

use crate::boosting::Boosted;
use crate::logistic::Logistic;
use crate::problem::ModelError;

/// A model of either kind, as it stands in a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Model {
    /// A logistic regression.
    Logistic(Logistic),
    /// Boosted trees.
    Boosted(Boosted),
}

/// What a feature adds to a margin.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contribution {
    /// The feature.
    pub feature: String,
    /// What it adds, in log odds.
    pub value: f64,
}

impl Model {
    /// Reads a file, and holds it to what keeps asking it safe.
    ///
    /// # Errors
    /// [`ModelError::File`] with what is wrong.
    pub fn read(text: &[u8]) -> Result<Self, ModelError> {
        let model: Self =
            serde_json::from_slice(text).map_err(|error| ModelError::File(error.to_string()))?;
        if let Self::Boosted(boosted) = &model {
            let width = boosted.features.len();
            if let Some(tree) = boosted.trees.iter().position(|tree| !tree.is_sound(width)) {
                return Err(ModelError::File(format!(
                    "tree {tree} leads to a feature or node it does not have"
                )));
            }
        }
        Ok(model)
    }

    /// As a file.
    #[must_use]
    pub fn write(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The names of its features, in the order of a row.
    #[must_use]
    pub fn features(&self) -> Vec<&str> {
        match self {
            Self::Logistic(model) => model.features.iter().map(|feature| feature.name.as_str()).collect(),
            Self::Boosted(model) => model.features.iter().map(String::as_str).collect(),
        }
    }

    /// The risk for a row; NaN says that a value is missing.
    ///
    /// # Errors
    /// When the row has another number of values than the model has features.
    pub fn risk(&self, row: &[f64]) -> Result<f64, ModelError> {
        self.check(row)?;
        Ok(match self {
            Self::Logistic(model) => model.risk(row),
            Self::Boosted(model) => model.risk(row),
        })
    }

    /// The margin of somebody of whom nothing is known, and what each feature of this row adds to it.
    ///
    /// # Errors
    /// When the row has another number of values than the model has features.
    pub fn explain(&self, row: &[f64]) -> Result<(f64, Vec<Contribution>), ModelError> {
        self.check(row)?;
        let (base, values) = match self {
            Self::Logistic(model) => (model.intercept, model.contributions(row)),
            Self::Boosted(model) => model.contributions(row),
        };
        let named = self.features().into_iter().zip(values);
        Ok((
            base,
            named.map(|(feature, value)| Contribution { feature: feature.to_owned(), value }).collect(),
        ))
    }

    fn check(&self, row: &[f64]) -> Result<(), ModelError> {
        let wanted = self.features().len();
        if row.len() == wanted {
            return Ok(());
        }
        Err(ModelError::Shape(format!("the model has {wanted} features, and the row {} values", row.len())))
    }
}
