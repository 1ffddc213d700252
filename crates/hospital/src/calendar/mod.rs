//! Civil dates and instants, by plain integer arithmetic.
//!
//! Inside, an instant is an `i64` of microseconds since 1970-01-01T00:00:00Z and a
//! [`Date`] is a count of days. The hospital keeps UTC, so no time zone table is
//! needed and the same number prints the same text everywhere.

mod date;
mod instant;

pub use date::Date;
pub use instant::{DAY_US, HOUR_US, MINUTE_US, SECOND_US, YEAR_US, date_of, instant_text};
