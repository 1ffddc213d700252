//! What the systems believe, held against the chart.

use std::collections::{BTreeMap, BTreeSet};

use hospital::ehr::mrn_of;
use hospital::systems::{Belief, Difference, ORDER, PATIENT, differences};
use hospital::topology::System;
use serde_json::{Value, json};
use store::StoreError;
use store::sandbox::View;

use super::map::keeps_people;
use crate::access::{Access, outcome};
use crate::ehr::chart::{Chart, Section, check_lists};
use crate::ehr::lookup::get;
use crate::fhir::FhirError;
use crate::messages::{self, body, everybody, has_begun};
use crate::topology::topology;

/// What one system believes of a patient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// The id of the system.
    pub system: String,
    /// What it is called.
    pub title: String,
    /// Whether it knows the patient at all.
    pub knows: bool,
    /// In what it differs from the chart.
    pub differences: Vec<Difference>,
    /// Its orders of this patient: name and how far they have come.
    pub orders: Vec<(String, String)>,
}

/// Who one system believes to be in the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemCensus {
    /// The id of the system.
    pub system: String,
    /// What it is called.
    pub title: String,
    /// How many people it believes to be in the house.
    pub here: usize,
    /// Of whom it believes something else than the chart: MRN, patient id where there is a chart, and in what.
    pub differing: Vec<(String, Option<String>, Vec<Difference>)>,
}

/// What each system that keeps people believes of a patient; `None` when there is no such chart.
///
/// # Errors
/// When the role worked as may open no chart, the chart is restricted, or the store fails.
pub fn compare(access: &Access, patient: &str) -> Result<Option<Vec<Compared>>, FhirError> {
    // Whoever may see what the others say of a patient may see the chart; opening it is journalled.
    drop(Chart::open(access, patient, Section::Summary)?);
    Ok(compared(access, patient)?)
}

fn compared(access: &Access, patient: &str) -> Result<Option<Vec<Compared>>, StoreError> {
    let now_us = access.virtual_us();
    access.sandbox().view(|view| {
        let Some(person) = get(view, "Patient", patient)? else { return Ok(None) };
        let Some(mrn) = mrn_of(&person) else { return Ok(Some(Vec::new())) };
        let chart = messages::belief(view, &person, now_us)?;
        let begun = has_begun(view)?;
        let one = |system: &System| {
            let record = view.system_record(&system.id, PATIENT, mrn)?;
            let belief = record.as_ref().and_then(belief);
            // Before the first message every system knows what the chart knows.
            let belief = belief.or_else(|| (!begun).then(|| chart.clone()));
            Ok(Compared {
                system: system.id.clone(),
                title: system.title.clone(),
                knows: belief.is_some(),
                differences: belief.map(|belief| told_apart(system, &chart, &belief)).unwrap_or_default(),
                orders: orders(view, system, mrn)?,
            })
        };
        let systems = topology().systems.iter().filter(|system| keeps_people(system));
        systems.map(one).collect::<Result<Vec<_>, StoreError>>().map(Some)
    })
}

fn belief(record: &store::sandbox::systems::SystemRecord) -> Option<Belief> {
    serde_json::from_str(&record.body).ok()
}

fn orders(view: View<'_>, system: &System, mrn: &str) -> Result<Vec<(String, String)>, StoreError> {
    let records = view.system_records(&system.id, ORDER)?;
    let of_patient = records.iter().filter_map(body).filter(|order| order["mrn"] == mrn);
    let text = |order: &Value, member: &str| order[member].as_str().unwrap_or_default().to_owned();
    Ok(of_patient.map(|order| (text(&order, "name"), text(&order, "state"))).collect())
}

/// Who each system that follows stays believes to be in the house, and where it differs from the chart.
///
/// # Errors
/// When the role worked as may open no chart, or the store fails.
pub fn compare_census(access: &Access) -> Result<Vec<SystemCensus>, FhirError> {
    check_lists(access)?;
    let now_us = access.virtual_us();
    let compared = access.sandbox().view(|view| {
        let everybody = everybody(view, now_us)?;
        let begun = has_begun(view)?;
        let chart: BTreeMap<&str, (&str, &Belief)> =
            everybody.iter().map(|(id, belief)| (belief.mrn.as_str(), (id.as_str(), belief))).collect();
        let followers =
            topology().systems.iter().filter(|system| keeps_people(system) && follows_stays(system));
        followers
            .map(|system| {
                if !begun {
                    return Ok(agreeing(system, chart.len()));
                }
                let records = view.system_records(&system.id, PATIENT)?;
                Ok(census(system, &chart, records.iter().filter_map(belief).collect()))
            })
            .collect::<Result<Vec<_>, StoreError>>()
    })?;
    access.note(access.event("chart.search", None, outcome::OK, json!({"what": "systems"})))?;
    Ok(compared)
}

/// In what a system differs of what it is told: one that hears of no admission is not asked where somebody is.
fn told_apart(system: &System, chart: &Belief, belief: &Belief) -> Vec<Difference> {
    let mut differences = differences(chart, belief);
    if !follows_stays(system) {
        differences.retain(|one| one.what != "Where" && one.what != "Visit");
    }
    differences
}

/// Whether a system hears of admissions and departures.
fn follows_stays(system: &System) -> bool {
    topology().carrying("ADT", "ADT^A03").any(|interface| interface.to == system.id)
}

/// Whether a system hears of visits to the emergency department, or only of who is admitted.
fn hears_of_emergencies(system: &System) -> bool {
    topology().carrying("ADT", "ADT^A04").any(|interface| interface.to == system.id)
}

fn agreeing(system: &System, here: usize) -> SystemCensus {
    SystemCensus { system: system.id.clone(), title: system.title.clone(), here, differing: Vec::new() }
}

fn census(system: &System, chart: &BTreeMap<&str, (&str, &Belief)>, known: Vec<Belief>) -> SystemCensus {
    let here: BTreeMap<String, Belief> = known
        .into_iter()
        .filter(|belief| belief.stay.is_some())
        .map(|belief| (belief.mrn.clone(), belief))
        .collect();
    let all: BTreeSet<&str> = chart.keys().copied().chain(here.keys().map(String::as_str)).collect();
    let differing = all.into_iter().filter_map(|mrn| {
        let (id, told) =
            chart.get(mrn).map_or((None, None), |(id, belief)| (Some((*id).to_owned()), Some(*belief)));
        let place = |belief: Option<&Belief>| {
            let stay = belief.and_then(|belief| belief.stay.as_ref());
            stay.filter(|stay| stay.class != "E" || hears_of_emergencies(system))
                .map(|stay| (stay.unit.clone(), stay.bed.clone()))
        };
        let kept = here.get(mrn);
        let nobody = Belief::default();
        (place(told) != place(kept)).then(|| {
            let mut differences = differences(told.unwrap_or(&nobody), kept.unwrap_or(&nobody));
            differences.retain(|one| one.what == "Where");
            (mrn.to_owned(), id, differences)
        })
    });
    SystemCensus { differing: differing.collect(), here: here.len(), ..agreeing(system, 0) }
}
