//! Questions to the learner.

use std::collections::BTreeSet;

use standards::fhir::path::FhirPath;

use super::judge::Finding;
use crate::facts::Observed;
use crate::lab::{Check, CheckKind, Score, Truth};
use crate::text::{Escape, Values, fill, placeholders, plain};

/// The true answer to a question in this learner's hospital, item by item; `None` for other kinds of check.
///
/// # Errors
/// What could not be looked up.
pub fn truth(
    check: &Check,
    values: &Values,
    observed: &[Observed],
    path: &dyn FhirPath,
) -> Option<Result<Vec<String>, String>> {
    match &check.kind {
        CheckKind::Answer { truth, .. } => Some(items_of(truth, values, observed, path)),
        _ => None,
    }
}

/// Judges an answer against the truth.
pub(super) fn judge(
    truth: &Truth,
    score: Score,
    values: &Values,
    observed: &[Observed],
    path: &dyn FhirPath,
) -> Result<Finding, String> {
    let truth = items_of(truth, values, observed, path)?;
    let Some(Observed::Answer(answer)) = observed.first() else {
        return Err("the question was not answered with an answer".to_owned());
    };
    let answer = answer.as_deref().unwrap_or_default();
    let given = items(answer);
    if given.is_empty() {
        return Ok(finding(false, "There is no answer yet.".to_owned(), &given, &truth));
    }
    let truth_set: BTreeSet<String> = truth.iter().flat_map(|item| items(item)).collect();
    let (passed, observed) = match score {
        Score::Exact => (given == truth_set, compared(&given, &truth_set)),
        Score::F1AtLeast(bound) => (f1(&given, &truth_set) >= bound, compared(&given, &truth_set)),
        Score::Within(bound) => near(answer, truth.first().map_or("", String::as_str), bound)?,
    };
    Ok(finding(passed, observed, &given, &truth))
}

fn items_of(
    truth: &Truth,
    values: &Values,
    observed: &[Observed],
    path: &dyn FhirPath,
) -> Result<Vec<String>, String> {
    let items: Vec<String> = match truth {
        Truth::Value(text) => vec![fill(text, values, Escape::Plain).map_err(|error| error.to_string())?],
        Truth::Search { value, .. } => {
            let Some(Observed::Bundle(bundle)) = observed.get(1) else {
                return Err("the search for the truth was not answered with a Bundle".to_owned());
            };
            let expression = fill(value, values, Escape::Path).map_err(|error| error.to_string())?;
            let found = path.evaluate(&expression, bundle, &[]).map_err(|error| error.to_string())?;
            found.iter().map(plain).collect()
        }
    };
    if items.iter().all(|item| item.trim().is_empty()) {
        return Err("the hospital has no true answer to this question".to_owned());
    }
    Ok(items)
}

/// An answer's items: separated by commas, semicolons or line ends; case and spaces at the ends do not count.
fn items(text: &str) -> BTreeSet<String> {
    let tidy = |item: &str| item.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    text.split([',', ';', '\n']).map(tidy).filter(|item| !item.is_empty()).collect()
}

#[allow(clippy::cast_precision_loss, reason = "an answer has a handful of items")]
fn f1(given: &BTreeSet<String>, truth: &BTreeSet<String>) -> f64 {
    let right = given.intersection(truth).count() as f64;
    2.0 * right / (given.len() + truth.len()) as f64
}

/// How an answer compares, without saying which items are right.
fn compared(given: &BTreeSet<String>, truth: &BTreeSet<String>) -> String {
    let right = given.intersection(truth).count();
    let wrong = given.len() - right;
    let missing = truth.len() - right;
    match (wrong, missing) {
        (0, 0) => "Your answer is right.".to_owned(),
        (1, 1) if right == 0 => "Your answer is not right.".to_owned(),
        _ => format!("Of your answer, {right} right and {wrong} wrong; {missing} missing."),
    }
}

fn near(answer: &str, truth: &str, bound: f64) -> Result<(bool, String), String> {
    let truth: f64 = truth.trim().parse().map_err(|_| format!("the truth `{truth}` is not a number"))?;
    Ok(match answer.trim().parse::<f64>() {
        Ok(given) if (given - truth).abs() <= bound => (true, "Your answer is right.".to_owned()),
        Ok(_) => (false, "Your number is not close enough.".to_owned()),
        Err(_) => (false, "Your answer is not a number.".to_owned()),
    })
}

fn finding(passed: bool, observed: String, given: &BTreeSet<String>, truth: &[String]) -> Finding {
    Finding { passed, observed, location: None, detail: format!("given {given:?}, truth {truth:?}") }
}

/// Placeholders whose values are, by themselves, the answer to some question.
pub(crate) fn answer_paths(check: &Check) -> Vec<&str> {
    match &check.kind {
        CheckKind::Answer { truth: Truth::Value(text), .. } => {
            placeholders(text).into_iter().map(|placeholder| placeholder.path).collect()
        }
        _ => Vec::new(),
    }
}
