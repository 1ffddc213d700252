//! A model that answers in the chart, asked about the people who lie in the hospital.

use super::Bounds;

/// A figure of a model that answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BedsideMeasure {
    /// The largest difference between the risk it tells at a bedside and the one it has for the same person in the tables of all.
    Apart,
    /// People of whom a needed feature is not known, and a risk is told all the same.
    Guessed,
    /// The share of all who lie in the hospital for whom a card would be shown.
    Carded,
}

impl BedsideMeasure {
    /// All measures.
    pub const ALL: [Self; 3] = [Self::Apart, Self::Guessed, Self::Carded];

    /// The word in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Apart => "apart",
            Self::Guessed => "guessed",
            Self::Carded => "carded",
        }
    }
}

/// A figure of a model that answers, and what it must read.
#[derive(Debug, Clone, PartialEq)]
pub struct BedsideTest {
    /// The model's name.
    pub model: String,
    /// Which figure.
    pub measure: BedsideMeasure,
    /// The feature without which there is no risk.
    pub needs: String,
    /// What it must read.
    pub bounds: Bounds,
}
