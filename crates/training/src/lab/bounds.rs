//! Bounds on a figure.

use std::fmt;

/// What a figure must read: `>= 0.8`, `<= 12` or `= 0`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// The least it may read.
    pub least: f64,
    /// The most it may read.
    pub most: f64,
}

impl Bounds {
    /// Reads bounds as a lab has them.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
        let text = text.trim();
        if let Some(rest) = text.strip_prefix(">=") {
            return Some(Self { least: number(rest)?, most: f64::INFINITY });
        }
        if let Some(rest) = text.strip_prefix("<=") {
            return Some(Self { least: f64::NEG_INFINITY, most: number(rest)? });
        }
        let exact = number(text.strip_prefix('=')?)?;
        Some(Self { least: exact, most: exact })
    }

    /// Whether a reading is within them. Where there is none, it is not.
    #[must_use]
    pub fn hold(&self, reading: Option<f64>) -> bool {
        reading.is_some_and(|reading| (self.least..=self.most).contains(&reading))
    }
}

impl fmt::Display for Bounds {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{} to {}", self.least, self.most)
    }
}
