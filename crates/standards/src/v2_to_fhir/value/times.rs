use serde_json::{Map, Value};

use super::any::component;
use crate::hl7::message::Part;

/// A v2 time (`YYYY[MM[DD[HHMM[SS[.S]]]]][+/-ZZZZ]`) as a FHIR type. FHIR wants a zone with every time of day; where the
/// sender gives none, the hospital's own time is meant, which is UTC here.
pub(super) fn moment(text: &str, kind: &str) -> Option<String> {
    let (digits, zone) = match text.find(['+', '-']) {
        Some(at) => (&text[..at], &text[at..]),
        None => (text, ""),
    };
    let (digits, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !plain(digits) || !plain(fraction) {
        return None;
    }
    if kind == "time" {
        return clock(digits, fraction);
    }
    let date = date(digits)?;
    if kind == "date" || digits.len() <= 8 {
        return match kind {
            "instant" => None,
            _ => Some(date),
        };
    }
    let zone = match zone.len() {
        0 => "Z".to_owned(),
        5 if plain(&zone[1..]) => format!("{}:{}", &zone[..3], &zone[3..]),
        _ => return None,
    };
    Some(format!("{date}T{}{zone}", clock(&digits[8..], fraction)?))
}

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, of a day that exists.
fn date(digits: &str) -> Option<String> {
    let year: i32 = digits.get(..4)?.parse().ok().filter(|year| *year > 0)?;
    let month =
        digits.get(4..6).map(|month| month.parse::<u8>().ok().filter(|month| (1..=12).contains(month)));
    let day = digits.get(6..8).map(|day| day.parse::<u8>().ok().filter(|day| (1..=31).contains(day)));
    match (month, day) {
        (None, _) => (digits.len() == 4).then(|| format!("{year:04}")),
        (Some(month), None) => (digits.len() == 6)
            .then(|| format!("{year:04}-{:02}", month.unwrap_or(0)))
            .filter(|_| month.is_some()),
        (Some(month), Some(day)) => {
            let (month, day) = (month?, day?);
            (day <= days_in(year, month)).then(|| format!("{year:04}-{month:02}-{day:02}"))
        }
    }
}

fn days_in(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// `hh:mm:ss` with the fraction that was given.
fn clock(digits: &str, fraction: &str) -> Option<String> {
    let two = |at: usize, most: u8| {
        let Some(digits) = digits.get(at..at + 2) else { return (digits.len() <= at).then_some(0) };
        digits.parse::<u8>().ok().filter(|number| *number <= most)
    };
    if digits.is_empty() || digits.len() > 6 || !digits.len().is_multiple_of(2) {
        return None;
    }
    let (hour, minute, second) = (two(0, 23)?, two(2, 59)?, two(4, 59)?);
    let fraction = if fraction.is_empty() { String::new() } else { format!(".{fraction}") };
    Some(format!("{hour:02}:{minute:02}:{second:02}{fraction}"))
}

/// A DR.
pub(super) fn period(part: &Part<'_>) -> Option<Value> {
    period_of(component(part, 1), component(part, 2))
}

/// A period of two v2 times, each of which may be missing.
pub(super) fn period_of(start: Option<String>, end: Option<String>) -> Option<Value> {
    let mut period = Map::new();
    for (key, text) in [("start", start), ("end", end)] {
        if let Some(moment) = text.and_then(|text| moment(&text, "dateTime")) {
            period.insert(key.to_owned(), Value::from(moment));
        }
    }
    (!period.is_empty()).then_some(Value::Object(period))
}
