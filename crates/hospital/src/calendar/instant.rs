//! Points in time.

use super::Date;

/// Microseconds in a second.
pub const SECOND_US: i64 = 1_000_000;
/// Microseconds in a minute.
pub const MINUTE_US: i64 = 60 * SECOND_US;
/// Microseconds in an hour.
pub const HOUR_US: i64 = 60 * MINUTE_US;
/// Microseconds in a day.
pub const DAY_US: i64 = 24 * HOUR_US;
/// Microseconds in a mean Gregorian year of 365.2425 days.
pub const YEAR_US: i64 = 31_556_952 * SECOND_US;

/// The day (UTC) an instant falls on.
pub fn date_of(us: i64) -> Date {
    Date::from_days(us.div_euclid(DAY_US) as i32)
}

/// An instant as `2031-03-04T06:00:00Z`; fractions of a second are dropped.
pub fn instant_text(us: i64) -> String {
    let second = us.rem_euclid(DAY_US) / SECOND_US;
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{}T{hour:02}:{minute:02}:{second:02}Z", date_of(us))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_print_in_utc() {
        for (us, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (-1, "1969-12-31T23:59:59Z"),
            (1_930_370_400 * SECOND_US, "2031-03-04T06:00:00Z"),
        ] {
            assert_eq!(instant_text(us), text);
        }
    }
}
