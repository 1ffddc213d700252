use super::similarity::edits;

/// How alike two birth dates are, from 0 to 1, each as FHIR writes it.
#[must_use]
pub fn likeness(one: &str, other: &str) -> f64 {
    if one == other {
        return if one.len() == YEAR { 0.6 } else { 1.0 };
    }
    if one.len() == DAY && exchanged(one).as_deref() == Some(other) {
        return 0.9;
    }
    if one.len() == DAY && other.len() == DAY && edits(one, other) == 1 {
        return 0.8;
    }
    let partly = one.len() < DAY || other.len() < DAY;
    if partly && one.get(..YEAR) == other.get(..YEAR) && (one.starts_with(other) || other.starts_with(one)) {
        return 0.6;
    }
    0.0
}

/// A day as FHIR writes it with day and month exchanged, if that makes a date.
#[must_use]
pub fn exchanged(date: &str) -> Option<String> {
    let (year, month, day) = (date.get(..4)?, date.get(5..7)?, date.get(8..10)?);
    let is_month = day.parse::<u32>().is_ok_and(|day| (1..=12).contains(&day));
    is_month.then(|| format!("{year}-{day}-{month}"))
}

const YEAR: usize = 4;
const DAY: usize = 10;
