use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::element::{
    Flag, Measured, concept, flag, has_code, id, key, measured, reference_range, text, version,
};
use super::label::label;
use super::moment::{Moment, sort_newest_first};
use super::open::Chart;
use crate::fhir::FhirError;

/// The order vital signs are read in (LOINC).
const VITALS: [&str; 9] =
    ["85354-9", "8867-4", "9279-1", "8310-5", "59408-5", "2708-6", "29463-7", "8302-2", "39156-5"];

/// One test or sign of a patient over time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Series {
    /// What it is asked for by: a code, otherwise the words written.
    pub key: String,
    /// What clinicians call it: `Sodium`.
    pub label: String,
    /// What the record calls it.
    pub name: String,
    /// The unit of the newest value.
    pub unit: Option<String>,
    /// The reference range of the newest value.
    pub range: Option<String>,
    /// Its values, newest first; at least one.
    pub points: Vec<Point>,
}

/// One value of a test or sign.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Point {
    /// The id of the Observation.
    pub observation: String,
    /// The version of the Observation.
    pub version: u64,
    /// When it was measured.
    pub at: Option<Moment>,
    /// What was found; `None` if the Observation has no value at all.
    pub value: Option<Measured>,
    /// What stands out about it.
    pub flag: Option<Flag>,
    /// The reference range it is judged by.
    pub range: Option<String>,
    /// `final`, `corrected`, `entered-in-error` and so on, as written.
    pub status: String,
}

impl Point {
    pub(super) fn of(observation: &Value) -> Self {
        let value = measured(observation);
        Self {
            observation: id(observation),
            version: version(observation),
            at: observed(observation),
            flag: flag(observation, value.as_ref()),
            value,
            range: reference_range(observation),
            status: text(observation, "status").unwrap_or_default().to_owned(),
        }
    }
}

impl Chart<'_> {
    /// Laboratory results, one series a test, the test with the newest value first.
    ///
    /// # Errors
    /// When the store fails.
    pub fn results(&self) -> Result<Vec<Series>, FhirError> {
        Ok(series(&self.all("Observation")?, is_result))
    }

    /// One test or sign by its key, with all its values.
    ///
    /// # Errors
    /// When the store fails.
    pub fn series(&self, wanted: &str) -> Result<Option<Series>, FhirError> {
        let all = series(&self.all("Observation")?, |_| true);
        Ok(all.into_iter().find(|series| series.key == wanted))
    }

    /// Vital signs, one series a sign, in the order they are read.
    ///
    /// # Errors
    /// When the store fails.
    pub fn vitals(&self) -> Result<Vec<Series>, FhirError> {
        Ok(vitals(&self.all("Observation")?))
    }
}

pub(super) fn vitals(observations: &[Value]) -> Vec<Series> {
    let mut vitals = series(observations, is_vital);
    vitals.sort_by_key(|series| VITALS.iter().position(|code| *code == series.key).unwrap_or(VITALS.len()));
    vitals
}

/// The observations of a kind, grouped by what they are.
pub(super) fn series(observations: &[Value], wanted: impl Fn(&Value) -> bool) -> Vec<Series> {
    let mut groups: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
    for observation in observations.iter().filter(|observation| wanted(observation)) {
        groups.entry(key(observation.get("code"))).or_default().push(observation);
    }
    let mut all: Vec<Series> = groups.into_iter().map(|(key, group)| one(key, &group)).collect();
    sort_newest_first(&mut all, |series| series.points.first().and_then(|point| point.at.as_ref()));
    all
}

fn one(key: String, group: &[&Value]) -> Series {
    let mut points: Vec<Point> = group.iter().map(|observation| Point::of(observation)).collect();
    sort_newest_first(&mut points, |point| point.at.as_ref());
    let first = |name: fn(Option<&Value>) -> Option<String>| {
        group.iter().find_map(|observation| name(observation.get("code")))
    };
    let newest = points.iter().find_map(|point| point.value.as_ref());
    Series {
        label: first(label).unwrap_or_else(|| key.clone()),
        name: first(concept).unwrap_or_else(|| key.clone()),
        unit: newest.and_then(|value| value.unit.clone()),
        range: points.iter().find_map(|point| point.range.clone()),
        key,
        points,
    }
}

/// When something was observed.
pub(super) fn observed(observation: &Value) -> Option<Moment> {
    const PLACES: [&str; 4] =
        ["/effectiveDateTime", "/effectivePeriod/start", "/effectiveInstant", "/issued"];
    Moment::first(observation, &PLACES)
}

pub(super) fn is_vital(observation: &Value) -> bool {
    has_code(observation.get("category"), "vital-signs")
}

/// Laboratory results, and what nobody put into a category: a result that is misfiled must still be found.
pub(super) fn is_result(observation: &Value) -> bool {
    let category = observation.get("category").filter(|category| *category != &Value::Array(Vec::new()));
    category.is_none() || has_code(category, "laboratory")
}
