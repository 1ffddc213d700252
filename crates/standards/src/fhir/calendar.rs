//! Dates and times as FHIR writes them (FHIR R4, 2.24.0.1): scanning, and counting days.
//!
//! Years run from 0001 to 9999 in the proleptic Gregorian calendar. A scanner takes text and returns
//! what it read with the rest, or nothing when the text does not start with it.

/// A day, or with less precision a month or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PartialDate {
    pub(crate) year: i64,
    pub(crate) month: Option<i64>,
    pub(crate) day: Option<i64>,
}

/// Scans a year, a month or a day that exists: `2024`, `2024-02` or `2024-02-29`.
pub(crate) fn scan_date(text: &str) -> Option<(PartialDate, &str)> {
    let (year, rest) = digits(text, 4)?;
    let mut date = PartialDate { year, month: None, day: None };
    if year == 0 {
        return None;
    }
    let Some(after_dash) = rest.strip_prefix('-') else { return Some((date, rest)) };
    let (month, rest) = digits(after_dash, 2)?;
    if !(1..=12).contains(&month) {
        return None;
    }
    date.month = Some(month);
    let Some(after_dash) = rest.strip_prefix('-') else { return Some((date, rest)) };
    let (day, rest) = digits(after_dash, 2)?;
    date.day = Some(day);
    (1..=days_in_month(year, month)).contains(&day).then_some((date, rest))
}

/// Scans `hh:mm:ss` with an optional fraction, as microseconds since midnight; finer digits are
/// dropped. A leap second, `:60`, counts as the first of the next minute.
pub(crate) fn scan_time(text: &str) -> Option<(i64, &str)> {
    let (hour, rest) = digits(text, 2)?;
    let (minute, rest) = digits(rest.strip_prefix(':')?, 2)?;
    let (second, rest) = digits(rest.strip_prefix(':')?, 2)?;
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let whole = ((hour * 60 + minute) * 60 + second) * 1_000_000;
    let Some(fraction) = rest.strip_prefix('.') else { return Some((whole, rest)) };
    let length = fraction.bytes().take_while(u8::is_ascii_digit).count();
    if length == 0 {
        return None;
    }
    let (digits, rest) = fraction.split_at(length);
    let micros = digits.bytes().chain(std::iter::repeat(b'0')).take(6);
    let micros = micros.fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    Some((whole + micros, rest))
}

/// Scans `Z` or an offset from `-14:00` to `+14:00`, as minutes east of Greenwich.
pub(crate) fn scan_zone(text: &str) -> Option<(i64, &str)> {
    if let Some(rest) = text.strip_prefix('Z') {
        return Some((0, rest));
    }
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hour, rest) = digits(&text[1..], 2)?;
    let (minute, rest) = digits(rest.strip_prefix(':')?, 2)?;
    let offset = hour * 60 + minute;
    (minute < 60 && offset <= 14 * 60).then_some((sign * offset, rest))
}

fn digits(text: &str, count: usize) -> Option<(i64, &str)> {
    let (digits, rest) = text.split_at_checked(count)?;
    let mut number = 0;
    for digit in digits.bytes() {
        if !digit.is_ascii_digit() {
            return None;
        }
        number = number * 10 + i64::from(digit - b'0');
    }
    Some((number, rest))
}

/// The number of days in a month from 1 to 12.
fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 to a date. Years are counted from March, so that the leap day comes last.
pub(crate) fn days_from_date(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The date (year, month, day) so many days after 1970-01-01.
pub(crate) fn date_from_days(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = (shifted_month + 2) % 12 + 1;
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_dates_of_the_calendar_are_read() {
        let cases = [
            ("2024", true),
            ("2024-02", true),
            ("2024-02-29", true),
            ("2023-02-29", false),
            ("1900-02-29", false),
            ("2000-02-29", true),
            ("2024-04-31", false),
            ("2024-13", false),
            ("2024-00", false),
            ("2024-01-00", false),
            ("0000", false),
            ("0001-01-01", true),
            ("202", false),
            ("2024-1", false),
            ("2é24", false),
        ];
        for (text, exists) in cases {
            let read = scan_date(text).is_some_and(|(_, rest)| rest.is_empty());
            assert_eq!(read, exists, "{text}");
        }
    }

    #[test]
    fn days_and_dates_agree_over_four_centuries() {
        let mut days = days_from_date(1799, 12, 31);
        for year in 1800..2200 {
            for month in 1..=12 {
                for day in 1..=days_in_month(year, month) {
                    days += 1;
                    assert_eq!(days_from_date(year, month, day), days);
                    assert_eq!(date_from_days(days), (year, month, day));
                }
            }
        }
        assert_eq!(date_from_days(0), (1970, 1, 1));
    }
}
