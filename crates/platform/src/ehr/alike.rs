//! Patients who may be the person of a record.

use std::collections::BTreeMap;

use hospital::matching::{Address, Grade, Score, Traits, exchanged, score};
use serde_json::Value;
use standards::fhir::search::normalise;
use store::StoreError;
use store::sandbox::{Stored, View};

use super::lookup::{escaped, query};

/// Patients looked at more closely for each thing they may have in common.
const CANDIDATES_MAX: usize = 1000;
/// Letters of a name by which patients are found: a typo may follow.
const BEGINNING: usize = 3;

/// The patients that may be the person of a Patient resource, most likely first: those who share an identifier, a birth
/// date, the beginning of a name or a phone number, as far as [`hospital::matching`] finds them alike.
pub(crate) fn candidates(
    view: View<'_>,
    now_us: i64,
    patient: &Value,
) -> Result<Vec<(Score, Stored)>, StoreError> {
    let wanted = traits_of(patient);
    let mut found = Vec::new();
    for stored in sharing(view, now_us, patient, &wanted)? {
        let Ok(candidate) = serde_json::from_slice::<Value>(&stored.body) else { continue };
        let score = score(&wanted, &traits_of(&candidate));
        if score.grade > Grade::CertainlyNot {
            found.push((score, stored));
        }
    }
    found.sort_by(|(a, one), (b, other)| b.value.total_cmp(&a.value).then_with(|| one.id.cmp(&other.id)));
    Ok(found)
}

/// Patients who have something in common with the one looked for.
fn sharing(view: View<'_>, now_us: i64, patient: &Value, wanted: &Traits) -> Result<Vec<Stored>, StoreError> {
    let mut searches: Vec<(&str, String)> = Vec::new();
    for (system, value) in &wanted.identifiers {
        searches.push(("identifier", format!("{}|{}", escaped(system), escaped(value))));
    }
    if let Some(date) = &wanted.birth_date {
        searches.push(("birthdate", date.clone()));
        searches.extend(exchanged(date).map(|date| ("birthdate", date)));
    }
    for name in wanted.families.iter().chain(&wanted.givens) {
        let beginning: String = name.chars().take(BEGINNING).collect();
        searches.push(("name", escaped(&beginning)));
    }
    for phone in texts(&patient["telecom"], "value") {
        searches.push(("telecom", escaped(&phone)));
    }
    let mut found = BTreeMap::new();
    for (name, value) in searches.into_iter().filter(|(_, value)| !value.is_empty()) {
        // A value that cannot be searched for finds nobody.
        let Some(query) = query(now_us, "Patient", &[(name.to_owned(), value)]) else { continue };
        let hits = view.search(&query, CANDIDATES_MAX)?.hits;
        found.extend(hits.into_iter().map(|stored| (stored.id.clone(), stored)));
    }
    Ok(found.into_values().collect())
}

/// What a Patient says of a person.
fn traits_of(patient: &Value) -> Traits {
    let list = |member: &str| patient[member].as_array().map(Vec::as_slice).unwrap_or_default();
    let identifier = |identifier: &Value| {
        Some((identifier["system"].as_str()?.to_owned(), identifier["value"].as_str()?.to_owned()))
    };
    let given = |name: &Value| name["given"].as_array().cloned().unwrap_or_default();
    let is_phone = |telecom: &&Value| telecom["system"] == "phone";
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    Traits {
        identifiers: list("identifier").iter().filter_map(identifier).collect(),
        families: list("name").iter().filter_map(|name| name["family"].as_str()).map(normalise).collect(),
        givens: list("name")
            .iter()
            .flat_map(given)
            .filter_map(|given| given.as_str().map(normalise))
            .collect(),
        birth_date: patient["birthDate"].as_str().map(str::to_owned),
        sex: patient["gender"].as_str().filter(|sex| *sex != "unknown").map(str::to_owned),
        phones: list("telecom")
            .iter()
            .filter(is_phone)
            .filter_map(|telecom| telecom["value"].as_str().map(digits))
            .filter(|digits| !digits.is_empty())
            .collect(),
        addresses: list("address").iter().map(address_of).collect(),
    }
}

fn address_of(address: &Value) -> Address {
    let lines = address["line"].as_array().map(Vec::as_slice).unwrap_or_default();
    let lines: Vec<&str> = lines.iter().filter_map(Value::as_str).collect();
    let postal_code = address["postalCode"].as_str().unwrap_or_default();
    Address { line: normalise(&lines.join(" ")), postal_code: postal_code.to_owned() }
}

/// The texts of a member of each item of a list.
fn texts(list: &Value, member: &str) -> Vec<String> {
    let items = list.as_array().map(Vec::as_slice).unwrap_or_default();
    items.iter().filter_map(|item| item[member].as_str().map(str::to_owned)).collect()
}
