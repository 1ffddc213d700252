//! Making the values of an attempt.

use serde_json::{Value, json};
use standards::fhir::instant;
use standards::fhir::path::FhirPath;

use super::people::{Person, day_between};
use super::{Seed, view};
use crate::lab::{Generator, Lab, Variant};
use crate::text::{Escape, UnknownValue, Values, fill, fill_json};

/// Why the values of an attempt could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the param `{param}` cannot be made: {why}")]
pub struct ResolveError {
    /// The param.
    pub param: String,
    /// Why.
    pub why: String,
}

/// Makes all values of an attempt.
///
/// `built_in` holds what the platform knows (see [`crate::text::BUILT_IN`]). `search` answers a FHIR search in the
/// learner's hospital, before any fault is placed, with the searchset Bundle, all pages in one.
///
/// # Errors
/// A param whose search fails or finds too little.
pub fn resolve(
    lab: &Lab,
    variant: &Variant,
    seed: &Seed,
    built_in: &Values,
    path: &dyn FhirPath,
    search: &mut dyn FnMut(&str) -> Result<Value, String>,
) -> Result<Values, ResolveError> {
    let mut values = built_in.clone();
    values.insert("variant".to_owned(), Value::from(variant.id.as_str()));
    values.extend(variant.values.clone());
    for param in &variant.params {
        let made = match &param.generator {
            Generator::Select { search: url, only, unless, count } => {
                let wanted =
                    Wanted { url, only: only.as_deref(), unless: unless.as_deref(), count: *count as usize };
                Chooser { name: &param.name, seed, path, values: &values, search: &mut *search }
                    .select(&wanted)
            }
            simple => Ok(make(simple, &param.name, seed, lab.virtual_now_us)),
        };
        let made = made.map_err(|why| ResolveError { param: param.name.clone(), why })?;
        values.insert(param.name.clone(), made);
    }
    // Fixed values may speak of params, so they are filled once these are there.
    for (name, value) in &variant.values {
        let filled = fill_json(value, &values);
        let error = |error: UnknownValue| ResolveError { param: name.clone(), why: error.to_string() };
        values.insert(name.clone(), filled.map_err(error)?);
    }
    Ok(values)
}

/// The value `fault` of an attempt: what each placed fault reported, in order, laid into one table.
#[must_use]
pub fn fault_values(reports: &[Value]) -> Value {
    let fields = reports.iter().filter_map(Value::as_object).flatten();
    Value::Object(fields.map(|(name, value)| (name.clone(), value.clone())).collect())
}

fn make(generator: &Generator, name: &str, seed: &Seed, now_us: i64) -> Value {
    match generator {
        Generator::Pick(items) => {
            let index = usize::try_from(seed.below(name, items.len() as u64)).unwrap_or(0);
            items.get(index).cloned().unwrap_or(Value::Null)
        }
        Generator::Number { min, max } => json!(between(seed, name, *min, *max)),
        Generator::Digits(count) => {
            let low = 10_i64.pow(count.saturating_sub(1).min(17));
            json!(between(seed, name, low, low.saturating_mul(10) - 1).to_string())
        }
        Generator::Date { from, to } => json!(day_between(seed, name, *from, *to).to_string()),
        Generator::MinutesAgo { min, max } => {
            let minutes = between(seed, name, *min, *max);
            json!(instant::format(now_us.saturating_sub(minutes.saturating_mul(60_000_000))))
        }
        Generator::Person { gender, from, to } => {
            Person::invent(seed, name, gender.as_deref(), *from, *to).to_json()
        }
        Generator::Select { .. } => Value::Null,
    }
}

fn between(seed: &Seed, name: &str, min: i64, max: i64) -> i64 {
    let width = max.saturating_sub(min).saturating_add(1);
    min.saturating_add(i64::try_from(seed.below(name, u64::try_from(width).unwrap_or(1))).unwrap_or(0))
}

struct Wanted<'a> {
    url: &'a str,
    only: Option<&'a str>,
    unless: Option<&'a str>,
    count: usize,
}

struct Chooser<'a> {
    name: &'a str,
    seed: &'a Seed,
    path: &'a dyn FhirPath,
    values: &'a Values,
    search: &'a mut dyn FnMut(&str) -> Result<Value, String>,
}

impl Chooser<'_> {
    /// Takes the first eligible matches in the order of their keyed ranks; no candidate beyond them is looked at.
    fn select(mut self, wanted: &Wanted<'_>) -> Result<Value, String> {
        let bundle = (self.search)(&filled(wanted.url, self.values, Escape::Url)?)?;
        let entries = bundle["entry"].as_array().map(Vec::as_slice).unwrap_or_default();
        let included: Vec<&Value> = entries.iter().map(|entry| &entry["resource"]).collect();
        let mut chosen = Vec::new();
        for resource in self.ranked(entries) {
            if chosen.len() == wanted.count {
                break;
            }
            let view = view(resource, &included);
            if self.is_eligible(resource, &view, wanted)? {
                chosen.push(view);
            }
        }
        if chosen.len() < wanted.count {
            return Err(format!(
                "`{}` finds {} of the {} that are needed",
                wanted.url,
                chosen.len(),
                wanted.count
            ));
        }
        Ok(if wanted.count == 1 { chosen.remove(0) } else { Value::Array(chosen) })
    }

    fn ranked<'a>(&self, entries: &'a [Value]) -> Vec<&'a Value> {
        let is_match = |entry: &&Value| entry["search"]["mode"].as_str().is_none_or(|mode| mode == "match");
        let mut matches: Vec<&Value> =
            entries.iter().filter(is_match).map(|entry| &entry["resource"]).collect();
        matches.sort_by_cached_key(|resource| {
            let id = resource["id"].as_str().unwrap_or_default();
            (self.seed.draw(&format!("{}/{id}", self.name)), id.to_owned())
        });
        matches
    }

    fn is_eligible(&mut self, resource: &Value, view: &Value, wanted: &Wanted<'_>) -> Result<bool, String> {
        if let Some(only) = wanted.only {
            let only = filled(only, self.values, Escape::Path)?;
            let result = self.path.evaluate(&only, resource, &[]).map_err(|error| error.to_string())?;
            if result != [Value::Bool(true)] {
                return Ok(false);
            }
        }
        let Some(unless) = wanted.unless else { return Ok(true) };
        let mut values = self.values.clone();
        values.insert("each".to_owned(), view.clone());
        let found = (self.search)(&filled(unless, &values, Escape::Url)?)?;
        Ok(found["entry"].as_array().is_none_or(Vec::is_empty))
    }
}

fn filled(text: &str, values: &Values, escape: Escape) -> Result<String, String> {
    fill(text, values, escape).map_err(|error| error.to_string())
}
