//! Dates of any precision as spans of time.

const SECOND_US: i64 = 1_000_000;
const MINUTE_US: i64 = 60 * SECOND_US;
const DAY_US: i64 = 24 * 60 * MINUTE_US;

/// The half-open span, in microseconds since 1970 UTC, that a FHIR `date`, `dateTime` or `instant` of
/// any precision stands for: `2024-02` is the whole of February. Without a zone, UTC is meant.
///
/// `None` when the text is not a date. Fractions finer than a microsecond are cut off.
pub fn span(text: &str) -> Option<(i64, i64)> {
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let mut parts = date.split('-');
    let year = digits(parts.next()?, 4)?;
    let month = parts.next().map(|part| digits(part, 2));
    let day = parts.next().map(|part| digits(part, 2));
    if parts.next().is_some() || year == 0 {
        return None;
    }
    match (month, day, time) {
        (None, None, None) => Some((midnight(year, 1, 1), midnight(year + 1, 1, 1))),
        (Some(month), None, None) => month_span(year, month?),
        (Some(month), Some(day), time) => day_span(year, month?, day?, time),
        _ => None,
    }
}

fn month_span(year: i64, month: i64) -> Option<(i64, i64)> {
    let days = days_in_month(year, month)?;
    let start = midnight(year, month, 1);
    Some((start, start + days * DAY_US))
}

fn day_span(year: i64, month: i64, day: i64, time: Option<&str>) -> Option<(i64, i64)> {
    if day < 1 || day > days_in_month(year, month)? {
        return None;
    }
    let start = midnight(year, month, day);
    let (offset, width) = match time {
        Some(time) => time_span(time)?,
        None => (0, DAY_US),
    };
    Some((start + offset, start + offset + width))
}

/// Where in the day a time with its zone starts, and how long its last given unit lasts.
fn time_span(text: &str) -> Option<(i64, i64)> {
    let (clock, zone_us) = match text.find(['Z', '+', '-']) {
        Some(at) => (&text[..at], zone(&text[at..])?),
        None => (text, 0),
    };
    let mut parts = clock.splitn(3, ':');
    let hour = digits(parts.next()?, 2).filter(|hour| *hour < 24)?;
    let minute = digits(parts.next()?, 2).filter(|minute| *minute < 60)?;
    let (second_us, width) = match parts.next() {
        Some(seconds) => seconds_span(seconds)?,
        None => (0, MINUTE_US),
    };
    let offset = (hour * 60 + minute) * MINUTE_US + second_us - zone_us;
    Some((offset, width))
}

/// `60` is a leap second and runs into the next minute.
fn seconds_span(text: &str) -> Option<(i64, i64)> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let whole_us = digits(whole, 2).filter(|second| *second <= 60)? * SECOND_US;
    let Some(fraction) = fraction else {
        return Some((whole_us, SECOND_US));
    };
    let kept = fraction.get(..fraction.len().min(6))?;
    let width = 10_i64.pow(6 - u32::try_from(kept.len()).ok()?);
    let all_digits = fraction.bytes().all(|byte| byte.is_ascii_digit());
    (all_digits && !kept.is_empty()).then(|| Some((whole_us + digits(kept, kept.len())? * width, width)))?
}

fn zone(text: &str) -> Option<i64> {
    if text == "Z" {
        return Some(0);
    }
    let (hours, minutes) = text.get(1..)?.split_once(':')?;
    let hours = digits(hours, 2).filter(|hours| *hours <= 14)?;
    let minutes = digits(minutes, 2).filter(|minutes| *minutes < 60)?;
    let offset = (hours * 60 + minutes) * MINUTE_US;
    Some(if text.starts_with('-') { -offset } else { offset })
}

fn digits(text: &str, count: usize) -> Option<i64> {
    let exact = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    exact.then(|| text.parse().ok())?
}

const fn days_in_month(year: i64, month: i64) -> Option<i64> {
    Some(match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => return None,
    })
}

/// Counts days in years that start on 1 March, so that the leap day comes last.
const fn midnight(year: i64, month: i64, day: i64) -> i64 {
    let year = if month > 2 { year } else { year - 1 };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let leap_days = year / 4 - year / 100 + year / 400;
    /// 1970-01-01, counted in the same way from 0000-03-01.
    const EPOCH_DAYS: i64 = 719_468;
    (year * 365 + leap_days + day_of_year - EPOCH_DAYS) * DAY_US
}
