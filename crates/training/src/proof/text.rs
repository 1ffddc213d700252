//! Whether a filled text holds an answer.

use super::Judged;
use crate::lab::{CheckKind, Lab, Variant};
use crate::problem::Place;
use crate::text::{Escape, Values, fill};

/// Shorter answers are found everywhere by accident, such as `3` in a date.
const LEAK_LENGTH_MIN: usize = 4;

/// The questions whose answer can be read in the lab's own words, with the place of those words.
pub(super) fn leaks(
    lab: &Lab,
    variant: &Variant,
    values: &Values,
    judged: &[Judged],
) -> Vec<(String, Place)> {
    let shown = shown(lab, variant, values);
    let mut found = Vec::new();
    for question in judged {
        let answers: Vec<String> = question
            .truth
            .iter()
            .filter(|item| item.len() >= LEAK_LENGTH_MIN)
            .map(|item| item.to_lowercase())
            .collect();
        for (text, place) in &shown {
            if answers.iter().any(|answer| text.contains(answer)) {
                found.push((question.check.clone(), place.clone()));
            }
        }
    }
    found
}

/// Everything a learner may read before solving the lab, filled and in lower case.
fn shown(lab: &Lab, variant: &Variant, values: &Values) -> Vec<(String, Place)> {
    let filled = |text: &str| fill(text, values, Escape::Plain).unwrap_or_default().to_lowercase();
    let brief_place = Place { line: lab.brief_line, ..lab.place.clone() };
    let mut shown = vec![(filled(&lab.brief), brief_place)];
    shown.extend(variant.steps.iter().map(|step| (filled(&step.title), step.place.clone())));
    for check in variant.checks() {
        let mut texts: Vec<&str> = check.hints.iter().map(String::as_str).collect();
        texts.push(&check.title);
        if let CheckKind::Answer { ask, placeholder, .. } = &check.kind {
            texts.push(ask);
            texts.extend(placeholder.as_deref());
        }
        shown.extend(texts.into_iter().map(|text| (filled(text), check.place.clone())));
    }
    shown
}
