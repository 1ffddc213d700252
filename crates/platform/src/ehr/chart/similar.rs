//! Patients whose names, numbers or birth dates are nearly what was typed.

use std::collections::BTreeMap;

use hospital::calendar::date_of;
use hospital::matching::{date_likeness, edits, jaro_winkler};
use standards::fhir::search::{ParamKey, normalise};
use store::StoreError;
use store::sandbox::{Values, View};

/// Names less alike than this are other names.
const NAME_MIN: f64 = 0.8;
/// The mean of all words must be so much.
const MEAN_MIN: f64 = 0.8;
/// What a number is worth that differs in one digit, or in two that changed places.
const NUMBER_NEARLY: f64 = 0.9;
/// Words looked at.
const WORDS_MAX: usize = 8;

/// What a word of the search box may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Name,
    Number,
    Date,
}

/// What a word is: a date, a number, or a part of a name.
pub(super) fn kind_of(word: &str) -> Kind {
    let is_date =
        word.len() >= 7 && word.contains('-') && word.chars().all(|c| c.is_ascii_digit() || c == '-');
    match word {
        _ if is_date => Kind::Date,
        _ if word.chars().any(|c| c.is_ascii_digit()) => Kind::Number,
        _ => Kind::Name,
    }
}

/// The words of what was typed.
pub(super) fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().map(|word| word.trim_matches(',')).filter(|word| !word.is_empty())
}

/// The ids of the patients most like what was typed with how like they are, from 0 to 1, the most like first. It goes
/// through the index, not through the records, so that ten thousand patients take no noticeable time.
pub(super) fn similar(view: View<'_>, text: &str) -> Result<Vec<(f64, String)>, StoreError> {
    let words: Vec<(Kind, String)> =
        words_of(text).take(WORDS_MAX).map(|word| (kind_of(word), normalise(word))).collect();
    let mut best: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for (kind, code, values) in [
        (Kind::Name, "name", Values::Strings),
        (Kind::Number, "identifier", Values::Tokens),
        (Kind::Date, "birthdate", Values::Dates),
    ] {
        let asked: Vec<usize> = (0..words.len()).filter(|at| words[*at].0 == kind).collect();
        if asked.is_empty() {
            continue;
        }
        view.each_value(ParamKey::of("Patient", code).0, values, |id, value| {
            for at in &asked {
                let found = likeness(kind, &words[*at].1, value);
                if found > 0.0 {
                    let scores = best.entry(id.to_owned()).or_insert_with(|| vec![0.0; words.len()]);
                    scores[*at] = scores[*at].max(found);
                }
            }
        })?;
    }
    let mean = |scores: &[f64]| scores.iter().sum::<f64>() / scores.len() as f64;
    let mut found: Vec<(f64, String)> = best
        .into_iter()
        .map(|(id, scores)| (mean(&scores), id))
        .filter(|(mean, _)| *mean >= MEAN_MIN)
        .collect();
    found.sort_by(|(a, one), (b, other)| b.total_cmp(a).then_with(|| one.cmp(other)));
    Ok(found)
}

/// How like one word is to one value of the index.
fn likeness(kind: Kind, word: &str, value: &str) -> f64 {
    match kind {
        Kind::Name => {
            let parts = value.split(' ').map(|part| jaro_winkler(word, part));
            let best = parts.fold(0.0, f64::max);
            if best < NAME_MIN { 0.0 } else { best }
        }
        Kind::Number => number(word, &normalise(value)),
        Kind::Date => {
            let born = value.parse().map(|us| date_of(us).to_string()).unwrap_or_default();
            date_likeness(word, &born)
        }
    }
}

fn number(word: &str, value: &str) -> f64 {
    match edits(word, value) {
        0 => 1.0,
        1 => NUMBER_NEARLY,
        2 if is_exchanged(word, value) => NUMBER_NEARLY,
        _ => 0.0,
    }
}

/// Whether two neighbouring letters changed places, and nothing else.
fn is_exchanged(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let differ: Vec<usize> = (0..one.len().min(other.len())).filter(|at| one[*at] != other[*at]).collect();
    match differ[..] {
        [a, b] => one.len() == other.len() && b == a + 1 && one[a] == other[b] && one[b] == other[a],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_is_nearly_what_was_meant() {
        let cases = [
            (Kind::Name, "okafro", "okafor", true),
            (Kind::Name, "ruht", "ruth ann", true),
            (Kind::Name, "smyth", "smith", true),
            (Kind::Name, "klein", "okafor", false),
            (Kind::Number, "1002334", "1002343", true),
            (Kind::Number, "100233", "1002333", true),
            (Kind::Number, "1002334", "1009934", false),
            (Kind::Date, "1984-02-28", "446860800000000", true),
            (Kind::Date, "1990-02-28", "446860800000000", false),
        ];
        for (kind, word, value, is_alike) in cases {
            assert_eq!(likeness(kind, word, value) > 0.0, is_alike, "{word} {value}");
        }
        assert_eq!(["1984-02-29", "MR12", "o'hara"].map(kind_of), [Kind::Date, Kind::Number, Kind::Name]);
    }
}
