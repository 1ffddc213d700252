//! How alike one trait of two records is; `None` where one of them does not have it.

use super::date;
use super::similarity::{edits, jaro_winkler};
use super::traits::{Address, Traits};

/// Names less alike than this are different names.
const NAME_MIN: f64 = 0.80;
/// What exchanged names are worth.
const EXCHANGED: f64 = 0.8;
/// Digits of a phone number that count: the rest is country and area.
const PHONE_DIGITS: usize = 7;

/// An equal identifier; a different one says nothing, since a person may have several.
pub(super) fn identifier(one: &Traits, other: &Traits) -> Option<f64> {
    one.identifiers.iter().any(|identifier| other.identifiers.contains(identifier)).then_some(1.0)
}

/// Family and given name, straight or exchanged, whichever is better.
pub(super) fn names(one: &Traits, other: &Traits) -> (Option<f64>, Option<f64>) {
    let straight = (best(&one.families, &other.families), best(&one.givens, &other.givens));
    let exchanged = (best(&one.families, &other.givens), best(&one.givens, &other.families));
    let sum = |(family, given): (Option<f64>, Option<f64>)| family.unwrap_or(0.0) + given.unwrap_or(0.0);
    let lowered = |likeness: Option<f64>| likeness.map(|likeness| likeness * EXCHANGED);
    let exchanged = (lowered(exchanged.0), lowered(exchanged.1));
    if sum(exchanged) > sum(straight) && straight.0.is_some() && straight.1.is_some() {
        return exchanged;
    }
    straight
}

fn best(one: &[String], other: &[String]) -> Option<f64> {
    let pairs = one.iter().flat_map(|one| other.iter().map(move |other| jaro_winkler(one, other)));
    let best = pairs.reduce(f64::max)?;
    Some(if best < NAME_MIN { 0.0 } else { best })
}

pub(super) fn birth_date(one: &Traits, other: &Traits) -> Option<f64> {
    Some(date::likeness(one.birth_date.as_deref()?, other.birth_date.as_deref()?))
}

pub(super) fn sex(one: &Traits, other: &Traits) -> Option<f64> {
    Some(f64::from(u8::from(one.sex.as_ref()? == other.sex.as_ref()?)))
}

pub(super) fn phone(one: &Traits, other: &Traits) -> Option<f64> {
    let pairs = one.phones.iter().flat_map(|one| other.phones.iter().map(move |other| phones(one, other)));
    pairs.reduce(f64::max)
}

fn phones(one: &str, other: &str) -> f64 {
    let end =
        |digits: &str| digits.get(digits.len().saturating_sub(PHONE_DIGITS)..).unwrap_or_default().to_owned();
    match edits(&end(one), &end(other)) {
        0 => 1.0,
        1 => 0.7,
        _ => 0.0,
    }
}

pub(super) fn address(one: &Traits, other: &Traits) -> Option<f64> {
    let pairs =
        one.addresses.iter().flat_map(|one| other.addresses.iter().map(move |other| addresses(one, other)));
    pairs.reduce(f64::max)
}

fn addresses(one: &Address, other: &Address) -> f64 {
    let same_place = !one.postal_code.is_empty() && one.postal_code == other.postal_code;
    let street = jaro_winkler(&one.line, &other.line);
    let street = if one.line.is_empty() || other.line.is_empty() || street < 0.85 { 0.0 } else { street };
    0.6 * f64::from(u8::from(same_place)) + 0.4 * street
}
