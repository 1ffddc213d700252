//! Checks on what a FHIR search returns.

use std::collections::BTreeMap;

use serde_json::Value;
use standards::fhir::path::FhirPath;

use super::clauses::clauses;
use super::judge::Finding;
use super::request::rounds;
use crate::facts::Observed;
use crate::text::{Escape, Values, fill, placeholders, plain};

/// The test of a `fhir` check.
pub(super) struct Test<'a> {
    pub(super) search: &'a str,
    pub(super) for_each: Option<&'a str>,
    pub(super) expect: &'a str,
    pub(super) observe: Option<&'a str>,
}

impl Test<'_> {
    /// Whether the search itself would give away what the learner is to find: it uses what a fault did.
    fn is_secret(&self) -> bool {
        self.for_each.is_some()
            || placeholders(self.search).iter().any(|placeholder| placeholder.name() == "fault")
    }
}

/// Judges every round; the first that fails is the one reported.
pub(super) fn judge(
    test: &Test<'_>,
    values: &Values,
    observed: &[Observed],
    path: &dyn FhirPath,
) -> Result<Finding, String> {
    let rounds = rounds(test.for_each, values).map_err(|error| error.to_string())?;
    let mut last = None;
    for (index, values) in rounds.iter().enumerate() {
        let Some(Observed::Bundle(bundle)) = observed.get(index) else {
            return Err("a search was not answered with a Bundle".to_owned());
        };
        let mut finding = judge_one(test, values, bundle, path)?;
        if !finding.passed {
            if rounds.len() > 1 {
                finding.observed =
                    format!("{} Looked at {} of {}.", finding.observed, index + 1, rounds.len());
            }
            return Ok(finding);
        }
        last = Some(finding);
    }
    last.ok_or_else(|| "there is nothing to look at: the list to go through is empty".to_owned())
}

fn judge_one(
    test: &Test<'_>,
    values: &Values,
    bundle: &Value,
    path: &dyn FhirPath,
) -> Result<Finding, String> {
    let placed = |text: &str, escape| fill(text, values, escape).map_err(|error| error.to_string());
    let url = placed(test.search, Escape::Url)?;
    let expression = placed(test.expect, Escape::Path)?;
    let passed = is_true(&expression, bundle, path)?;
    let unmet: Vec<&str> = if passed {
        Vec::new()
    } else {
        clauses(&expression)
            .into_iter()
            .filter(|clause| !is_true(clause, bundle, path).unwrap_or(false))
            .collect()
    };
    let seen = match test.observe {
        Some(observe) => {
            shown(&path.evaluate(&placed(observe, Escape::Path)?, bundle, &[]).map_err(|e| e.to_string())?)
        }
        None => String::new(),
    };
    Ok(Finding {
        passed,
        observed: format!("Found {}.{seen}", counts(bundle)),
        location: (!test.is_secret()).then(|| url.clone()),
        detail: format!("search `{url}`, condition `{expression}`; not so: {}", listed(&unmet)),
    })
}

/// Whether an expression yields exactly `true`.
pub(super) fn is_true(expression: &str, input: &Value, path: &dyn FhirPath) -> Result<bool, String> {
    let result = path.evaluate(expression, input, &[]).map_err(|error| error.to_string())?;
    Ok(result == [Value::Bool(true)])
}

fn listed(unmet: &[&str]) -> String {
    if unmet.is_empty() { "nothing".to_owned() } else { format!("`{}`", unmet.join("`, `")) }
}

fn shown(results: &[Value]) -> String {
    let texts: Vec<String> = results.iter().take(10).map(plain).collect();
    if texts.is_empty() { " Nothing there yet.".to_owned() } else { format!(" There: {}.", texts.join(", ")) }
}

/// What a Bundle holds, in words: "2 Patient and 1 Encounter".
fn counts(bundle: &Value) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in bundle["entry"].as_array().map(Vec::as_slice).unwrap_or_default() {
        *counts.entry(entry["resource"]["resourceType"].as_str().unwrap_or("resource")).or_default() += 1;
    }
    if counts.is_empty() {
        return "nothing".to_owned();
    }
    counts.iter().map(|(kind, count)| format!("{count} {kind}")).collect::<Vec<_>>().join(" and ")
}
