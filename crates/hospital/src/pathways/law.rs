//! How long something takes.

use crate::calendar::{DAY_US, HOUR_US, MINUTE_US, YEAR_US};
use crate::random::Stream;

/// A law of chance over lengths of time, in microseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Law {
    /// Always the same.
    Exactly(i64),
    /// Anywhere between two.
    Between(i64, i64),
    /// Skewed like a length of stay, around a mean and kept between two.
    About(i64, i64, i64),
}

/// Words for units, in the singular, and their microseconds. A month is a twelfth of a year.
const UNITS: &[(&str, i64)] = &[
    ("minute", MINUTE_US),
    ("min", MINUTE_US),
    ("hour", HOUR_US),
    ("day", DAY_US),
    ("week", 7 * DAY_US),
    ("month", YEAR_US / 12),
    ("year", YEAR_US),
];

impl Law {
    /// Draws a length.
    pub(crate) fn draw(self, stream: &mut Stream) -> i64 {
        match self {
            Self::Exactly(us) => us,
            Self::Between(low, high) => low + (stream.unit() * (high - low) as f64) as i64,
            Self::About(mean, low, high) => (stream.long_tail(mean as f64) as i64).clamp(low, high),
        }
    }

    /// Reads `20 minutes`, `3 to 7 months`, `about 5 days` or `about 5 days, 2 to 16`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if let Some(rest) = text.strip_prefix("about ") {
            let (mean, range) =
                rest.split_once(',').map_or((rest, None), |(mean, range)| (mean, Some(range)));
            let (mean, unit) = length(mean)?;
            let (low, high) = match range {
                Some(range) => pair(range.trim(), unit)?,
                None => (mean / 5, mean * 4),
            };
            return (low <= mean && mean <= high).then_some(Self::About(mean, low, high));
        }
        if let Some((low, rest)) = text.split_once(" to ") {
            let (high, unit) = length(rest)?;
            let low = match length(low) {
                Some((low, _)) => low,
                None => scaled(low.trim(), unit)?,
            };
            return (low <= high).then_some(Self::Between(low, high));
        }
        length(text).map(|(us, _)| Self::Exactly(us))
    }
}

/// `5 days`: its microseconds, and those of its unit.
fn length(text: &str) -> Option<(i64, i64)> {
    let (count, word) = text.trim().split_once(' ')?;
    let word = word.trim();
    let unit = UNITS.iter().find(|(unit, _)| *unit == word || word.strip_suffix('s') == Some(unit))?.1;
    Some((scaled(count, unit)?, unit))
}

fn pair(text: &str, unit: i64) -> Option<(i64, i64)> {
    let (low, high) = text.split_once(" to ")?;
    Some((scaled(low, unit)?, scaled(high, unit)?))
}

/// A count of units of at most a century in all, so that sums never overflow.
fn scaled(count: &str, unit: i64) -> Option<i64> {
    let count: f64 = count.trim().parse().ok()?;
    let us = count * unit as f64;
    (0.0..=100.0 * YEAR_US as f64).contains(&us).then_some(us as i64)
}
