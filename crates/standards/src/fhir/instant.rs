//! FHIR instants (FHIR R4, 2.24.0.1) and the microseconds since 1970 in UTC that the rest counts in.

use super::calendar::{date_from_days, days_from_date, scan_date, scan_time, scan_zone};

const DAY_US: i64 = 86_400_000_000;
/// 0001-01-01T00:00:00Z.
const FIRST_US: i64 = -62_135_596_800_000_000;
/// 9999-12-31T23:59:59.999999Z.
const LAST_US: i64 = 253_402_300_799_999_999;

/// Writes a moment in UTC, with milliseconds, or with microseconds where there are any:
/// `2026-03-01T09:30:00.000Z`.
///
/// Moments outside the years 1 to 9999 become the nearest one inside, because FHIR cannot write them.
pub fn format(us: i64) -> String {
    let us = us.clamp(FIRST_US, LAST_US);
    let (year, month, day) = date_from_days(us.div_euclid(DAY_US));
    let of_day = us.rem_euclid(DAY_US);
    let seconds = of_day / 1_000_000;
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    let fraction = match of_day % 1_000_000 {
        micros if micros % 1_000 == 0 => format!("{:03}", micros / 1_000),
        micros => format!("{micros:06}"),
    };
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{fraction}Z")
}

/// Reads an instant with any time zone and precision; digits finer than a microsecond are dropped.
/// Nothing when the text is not an instant or names a day that does not exist.
pub fn parse(text: &str) -> Option<i64> {
    let (date, rest) = scan_date(text)?;
    let days = days_from_date(date.year, date.month?, date.day?);
    let (of_day, rest) = scan_time(rest.strip_prefix('T')?)?;
    let (offset_minutes, rest) = scan_zone(rest)?;
    rest.is_empty().then_some(days * DAY_US + of_day - offset_minutes * 60_000_000)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn instants_are_read() {
        let cases = [
            ("1970-01-01T00:00:00Z", Some(0)),
            ("1970-01-01T00:00:00.000001Z", Some(1)),
            ("1969-12-31T23:59:59.5Z", Some(-500_000)),
            ("2015-02-07T13:28:17.239+02:00", Some(1_423_308_497_239_000)),
            ("2015-02-07T13:28:17.2391239999Z", Some(1_423_315_697_239_123)),
            ("2016-12-31T23:59:60Z", Some(1_483_228_800_000_000)),
            ("2015-02-07T13:28Z", None),
            ("2015-02-07T13:28:17", None),
            ("2015-02-07T24:00:00Z", None),
            ("2015-02-30T13:28:17Z", None),
            ("2015-02-07T13:28:17+14:01", None),
            ("2015-02-07T13:28:17.Z", None),
            ("2015-02-07T13:28:17Z ", None),
            ("2015-02", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(parse(text), expected, "{text}");
        }
    }

    #[test]
    fn instants_are_written_with_the_digits_they_need() {
        assert_eq!(format(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(format(1_423_315_697_239_123), "2015-02-07T13:28:17.239123Z");
        assert_eq!(format(i64::MIN), "0001-01-01T00:00:00.000Z");
        assert_eq!(format(i64::MAX), "9999-12-31T23:59:59.999999Z");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(us in FIRST_US..=LAST_US) {
            prop_assert_eq!(parse(&format(us)), Some(us));
        }

        #[test]
        fn reading_never_panics(text in "\\PC{0,40}") {
            parse(&text);
        }

        #[test]
        fn agrees_with_an_independent_calendar(us in FIRST_US..=LAST_US) {
            let text = jiff::Timestamp::from_microsecond(us).unwrap().to_string();
            prop_assert_eq!(parse(&text), Some(us));
        }
    }
}
