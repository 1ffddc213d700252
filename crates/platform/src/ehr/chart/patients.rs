use std::collections::{BTreeMap, BTreeSet};

use hospital::ehr::{active_place, is_emergency, reference_id};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use standards::fhir::search::query::{Query, Total};
use standards::fhir::search::{extract, matches, normalise};
use store::StoreError;

use super::element::id;
use super::open::{check_lists, note_search};
use super::person::Identity;
use super::similar::{Kind, kind_of, similar, words_of};
use super::survey::{Survey, label, name};
use crate::access::Access;
use crate::ehr::lookup::{escaped, get, query, value_of};
use crate::fhir::FhirError;

/// Patients on one page when nobody says.
const PAGE: usize = 50;
/// Patients who are nearly what was typed, at most.
const SIMILAR_MAX: usize = 10;
/// Patients on one page at most.
const PAGE_MAX: usize = 200;

/// Which patients to list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct PatientQuery {
    /// Names, a medical record number or a birth date, in any order; all must fit. Empty for everyone.
    pub text: String,
    /// Only those in the house.
    pub inpatients: bool,
    /// Only those on this ward: the id of its Location.
    pub ward: Option<String>,
    /// Where the page starts: `next` of the page before.
    pub cursor: Option<String>,
    /// How many on a page; 50 when left out, 200 at most.
    pub count: Option<usize>,
}

/// A page of the patient list, by name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PatientPage {
    /// The patients.
    pub rows: Vec<PatientRow>,
    /// How many fit in all.
    pub total: u64,
    /// Where the next page starts, if there is one.
    pub next: Option<String>,
    /// On the first page, if it is the last one: those who are nearly what was typed, the most like first.
    pub similar: Vec<Similar>,
}

/// A patient who is nearly what was typed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Similar {
    /// The patient.
    #[serde(flatten)]
    pub row: PatientRow,
    /// How like, from 0 to 1.
    pub likeness: f64,
}

/// A patient in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PatientRow {
    /// Who it is.
    #[serde(flatten)]
    pub identity: Identity,
    /// The label of the bed or ward the patient is at, if in the house.
    pub place: Option<String>,
    /// The name of the ward.
    pub ward: Option<String>,
    /// The id of the encounter that keeps the patient in the house.
    pub encounter: Option<String>,
}

/// The patients that fit, by family and given name. Leaves a `chart.search` entry in the journal.
///
/// # Errors
/// A cursor that belongs to another list, a role that may open no chart, or when the store fails.
pub fn patients(access: &Access, asked: &PatientQuery) -> Result<PatientPage, FhirError> {
    check_lists(access)?;
    let survey = Survey::take(access)?;
    let count = asked.count.unwrap_or(PAGE).clamp(1, PAGE_MAX);
    let found = match parameters(access, asked) {
        None => (Vec::new(), 0, None),
        Some(query) if asked.inpatients || asked.ward.is_some() => {
            inside(access, asked, &query, &survey, count)?
        }
        Some(query) => everyone(access, &query, count)?,
    };
    let (patients, total, next) = found;
    let detail =
        json!({"text": asked.text, "inpatients": asked.inpatients, "ward": asked.ward, "hits": total});
    note_search(access, detail)?;
    let here = survey.by_patient();
    let to_row = |patient: &Value| row(access, &survey, &here, patient);
    let nearly =
        if next.is_none() && asked.cursor.is_none() { nearly(access, asked, &patients)? } else { Vec::new() };
    let similar =
        nearly.iter().map(|(likeness, patient)| Similar { row: to_row(patient), likeness: *likeness });
    let similar = similar.filter(|one| !asked.inpatients || one.row.encounter.is_some()).collect();
    Ok(PatientPage { rows: patients.iter().map(to_row).collect(), total, next, similar })
}

/// The patients who are nearly what was typed, beside those who are just that.
fn nearly(access: &Access, asked: &PatientQuery, exact: &[Value]) -> Result<Vec<(f64, Value)>, StoreError> {
    let known: BTreeSet<String> = exact.iter().map(id).collect();
    access.sandbox().view(|view| {
        let found = similar(view, &asked.text)?.into_iter().filter(|(_, id)| !known.contains(id));
        let load =
            |(likeness, id): (f64, String)| Ok(get(view, "Patient", &id)?.map(|found| (likeness, found)));
        found.take(SIMILAR_MAX).filter_map(|one| load(one).transpose()).collect()
    })
}

type Found = (Vec<Value>, u64, Option<String>);

/// What was typed, as a search; `None` if nothing can fit it.
fn parameters(access: &Access, asked: &PatientQuery) -> Option<Query> {
    let mut pairs: Vec<(String, String)> = words_of(&asked.text).map(parameter).collect();
    pairs.push(("_sort".to_owned(), "family,given,_id".to_owned()));
    if let Some(cursor) = asked.cursor.as_ref().filter(|_| !asked.inpatients && asked.ward.is_none()) {
        pairs.push(("_cursor".to_owned(), cursor.clone()));
    }
    query(access.virtual_us(), "Patient", &pairs).map(|query| Query { total: Total::Accurate, ..query })
}

/// A word as a search parameter: a date, a number, or the start of a name.
fn parameter(word: &str) -> (String, String) {
    let name = match kind_of(word) {
        Kind::Date => "birthdate",
        Kind::Number => "identifier",
        Kind::Name => "name",
    };
    (name.to_owned(), escaped(word))
}

fn everyone(access: &Access, query: &Query, count: usize) -> Result<Found, StoreError> {
    let found = access.sandbox().view(|view| view.search(query, count))?;
    let total = found.total.unwrap_or(found.hits.len() as u64);
    Ok((found.hits.iter().filter_map(value_of).collect(), total, found.next))
}

/// Those in the house, or on one ward: few enough to look at each.
fn inside(
    access: &Access,
    asked: &PatientQuery,
    query: &Query,
    survey: &Survey,
    count: usize,
) -> Result<Found, StoreError> {
    let on_ward = |stay: &&Value| asked.ward.is_none() || survey.ward_of_stay(stay).map(id) == asked.ward;
    let mut ids: Vec<&str> = survey.stays.iter().filter(on_ward).filter_map(patient_of).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut patients: Vec<Value> = access.sandbox().view(|view| {
        ids.iter().filter_map(|id| get(view, "Patient", id).transpose()).collect::<Result<_, StoreError>>()
    })?;
    patients.retain(|patient| matches(query, patient, &extract(patient)));
    patients.sort_by_cached_key(sort_key);
    let start: usize = asked.cursor.as_ref().and_then(|cursor| cursor.parse().ok()).unwrap_or_default();
    let total = patients.len();
    let end = start.saturating_add(count);
    let next = (end < total).then(|| end.to_string());
    Ok((patients.into_iter().skip(start).take(count).collect(), total as u64, next))
}

fn sort_key(patient: &Value) -> (String, String) {
    let part =
        |pointer: &str| patient.pointer(pointer).and_then(Value::as_str).map(normalise).unwrap_or_default();
    (part("/name/0/family"), part("/name/0/given/0"))
}

fn patient_of(stay: &Value) -> Option<&str> {
    reference_id(stay.get("subject")?, "Patient")
}

impl Survey {
    /// The stay of each patient in the house; an emergency visit only where there is no other.
    fn by_patient(&self) -> BTreeMap<&str, &Value> {
        let mut by_patient: BTreeMap<&str, &Value> = BTreeMap::new();
        for stay in &self.stays {
            let Some(patient) = patient_of(stay) else { continue };
            let known = by_patient.entry(patient).or_insert(stay);
            if is_emergency(known) {
                *known = stay;
            }
        }
        by_patient
    }
}

fn row(access: &Access, survey: &Survey, here: &BTreeMap<&str, &Value>, patient: &Value) -> PatientRow {
    let identity = Identity::of(patient, access.virtual_us());
    let stay = here.get(identity.id.as_str()).copied();
    PatientRow {
        place: stay.and_then(active_place).and_then(|place| survey.place(place)).map(label),
        ward: stay.and_then(|stay| survey.ward_of_stay(stay)).map(name),
        encounter: stay.map(id),
        identity,
    }
}
