//! Days in forms, as `2031-03-04`.

use jiff::ToSpan;
pub use jiff::civil::Date;
use jiff::civil::date;
use serde::{Deserialize, Deserializer, Serializer};

/// The day of a moment, microseconds since 1970 UTC, in UTC; the nearest that a calendar has.
#[must_use]
pub fn of(time_us: i64) -> Date {
    const DAY_US: i64 = 86_400_000_000;
    const DAYS_MAX: i64 = 3_000_000;
    date(1970, 1, 1).saturating_add(time_us.div_euclid(DAY_US).clamp(-DAYS_MAX, DAYS_MAX).days())
}

/// Writes a day.
///
/// # Errors
/// What the serializer says.
pub fn serialize<S: Serializer>(day: &Date, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(day)
}

/// Reads a day.
///
/// # Errors
/// For a text that is none.
pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
    read(&String::deserialize(from)?)
}

fn read<E: serde::de::Error>(text: &str) -> Result<Date, E> {
    text.parse().map_err(|_| E::custom(format!("`{text}` is no day: write it as 2031-03-04")))
}

/// Days that may be left out.
pub mod option {
    use jiff::civil::Date;
    use serde::{Deserialize, Deserializer, Serializer};

    /// Writes a day, or nothing.
    ///
    /// # Errors
    /// What the serializer says.
    pub fn serialize<S: Serializer>(day: &Option<Date>, to: S) -> Result<S::Ok, S::Error> {
        match day {
            Some(day) => to.collect_str(day),
            None => to.serialize_none(),
        }
    }

    /// Reads a day, or nothing: also an empty text.
    ///
    /// # Errors
    /// For a text that is none.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
        let text = Option::<String>::deserialize(from)?;
        text.filter(|text| !text.is_empty()).map(|text| super::read(&text)).transpose()
    }
}
