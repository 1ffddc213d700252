use serde::{Deserialize, Serialize};

use super::shap::explain;
use crate::logistic::sigmoid;

/// A boosted model that was fitted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Boosted {
    /// The names of the columns.
    pub features: Vec<String>,
    /// The margin before any tree: that of the share of outcomes.
    #[serde(deserialize_with = "crate::exact::number")]
    pub base: f64,
    /// The trees, whose values are added up.
    pub trees: Vec<Tree>,
}

/// A tree; its first node is the root.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tree {
    /// Its nodes; children stand behind their parent.
    pub nodes: Vec<Node>,
}

/// A node of a tree.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Node {
    /// It asks about a value.
    Split {
        /// The column.
        feature: usize,
        /// Values up to here go left.
        #[serde(deserialize_with = "crate::exact::number")]
        threshold: f64,
        /// Whether missing values go left.
        missing_left: bool,
        /// The node on the left; the one on the right is the next after it.
        left: usize,
        /// Rows that came by in training.
        #[serde(deserialize_with = "crate::exact::number")]
        cover: f64,
    },
    /// It answers.
    Leaf {
        /// What it adds to the margin.
        #[serde(deserialize_with = "crate::exact::number")]
        value: f64,
        /// Rows that came by in training.
        #[serde(deserialize_with = "crate::exact::number")]
        cover: f64,
    },
}

impl Boosted {
    /// The margin of a row, in the order of the features.
    #[must_use]
    pub fn margin(&self, row: &[f64]) -> f64 {
        self.base + self.trees.iter().map(|tree| tree.value(row)).sum::<f64>()
    }

    /// The risk for a row, in the order of the features.
    #[must_use]
    pub fn risk(&self, row: &[f64]) -> f64 {
        sigmoid(self.margin(row))
    }

    /// The margin that is expected of somebody of whom nothing is known, and what each feature adds to it
    /// (Lundberg, Erion and Lee 2018, Consistent Individualized Feature Attribution for Tree Ensembles,
    /// algorithm 2). Together they are the margin.
    #[must_use]
    pub fn contributions(&self, row: &[f64]) -> (f64, Vec<f64>) {
        let mut contributions = vec![0.0; self.features.len()];
        let expected: f64 = self.trees.iter().map(|tree| explain(tree, row, &mut contributions)).sum();
        (self.base + expected, contributions)
    }
}

impl Tree {
    /// What it adds to the margin of a row.
    #[must_use]
    pub fn value(&self, row: &[f64]) -> f64 {
        let mut at = 0;
        loop {
            match self.nodes[at] {
                Node::Leaf { value, .. } => return value,
                Node::Split { feature, threshold, missing_left, left, .. } => {
                    at = if goes_left(row[feature], threshold, missing_left) { left } else { left + 1 };
                }
            }
        }
    }

    /// Whether every split names a column there is and nodes that stand behind it, so that walking ends.
    pub(crate) fn is_sound(&self, width: usize) -> bool {
        !self.nodes.is_empty()
            && self.nodes.iter().enumerate().all(|(at, node)| match node {
                Node::Leaf { value, cover } => value.is_finite() && *cover > 0.0,
                Node::Split { feature, threshold, left, cover, .. } => {
                    *feature < width
                        && threshold.is_finite()
                        && *left > at
                        && left + 1 < self.nodes.len()
                        && *cover > 0.0
                }
            })
    }
}

impl Node {
    pub(super) fn cover(&self) -> f64 {
        match self {
            Self::Leaf { cover, .. } | Self::Split { cover, .. } => *cover,
        }
    }
}

pub(super) fn goes_left(value: f64, threshold: f64, missing_left: bool) -> bool {
    if value.is_nan() { missing_left } else { value <= threshold }
}
