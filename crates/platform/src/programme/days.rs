//! Days of the programme's calendar. They are those of UTC, as everywhere in the house.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The day of a moment in microseconds since 1970 UTC.
pub(crate) fn today(now_us: i64) -> Date {
    let at = Timestamp::from_microsecond(now_us).unwrap_or(Timestamp::UNIX_EPOCH);
    TimeZone::UTC.to_datetime(at).date()
}

/// A day as `2031-09-01`.
pub(crate) fn day(text: &str) -> Option<Date> {
    text.trim().parse().ok()
}
