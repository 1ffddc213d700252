use std::collections::BTreeMap;

use hospital::matching::{Address, Grade, Score, Traits, exchanged, score};
use serde_json::Value;
use standards::fhir::outcome::{Issue, IssueCode, Severity, outcome};
use standards::fhir::search::normalise;
use store::sandbox::Stored;

use super::table::Ask;
use crate::fhir::error::{FhirError, Refusal};
use crate::fhir::page::{Page, link};
use crate::fhir::search::{query_of, store_refusal};

const PARAMETERS: &[&str] = &["resource", "onlyCertainMatches", "count"];
/// Matches given when the client does not say how many.
const COUNT_DEFAULT: usize = 20;
/// Matches given at most.
const COUNT_MAX: usize = 100;
/// Patients looked at more closely for each thing they may have in common.
const CANDIDATES_MAX: usize = 1000;
/// Letters of a name by which patients are found: a typo may follow.
const BEGINNING: usize = 3;

/// `Patient/$match`: who in this hospital may be the person of a record, most likely first (R4, 8.1.17.2). How alike two
/// records are, [`hospital::matching`] says.
pub(super) fn match_patient(ask: &Ask<'_>) -> Result<Vec<u8>, FhirError> {
    ask.input.only(PARAMETERS)?;
    let resource = ask.input.value("resource")?.filter(|resource| resource["resourceType"] == "Patient");
    let Some(resource) = resource else {
        let what = "send a Patient, or Parameters with one called 'resource': who is to be found";
        return Err(FhirError::new(Refusal::Malformed, IssueCode::Required, what));
    };
    let only_certain = ask.input.flag("onlyCertainMatches")?.unwrap_or_default();
    let count = ask.input.count("count")?.unwrap_or(COUNT_DEFAULT).min(COUNT_MAX);
    let wanted = traits_of(resource);
    let mut found = scored(ask, resource, &wanted)?;
    let mut note = None;
    if only_certain {
        found.retain(|(score, _)| score.grade == Grade::Certain);
        if found.len() > 1 {
            found.clear();
            note = Some("several patients match as if each were the one; none is certain, so none is given");
        }
    }
    let address = link(ask.context.base_url, "Patient/$match", &[], None);
    let mut page = Page::new("searchset", Some(found.len() as u64), &[("self", address)]);
    for (score, stored) in found.iter().take(count) {
        let full_url = format!("{}/Patient/{}", ask.context.base_url, stored.id);
        page.candidate(&full_url, &stored.body, score.value, score.grade.code());
    }
    if let Some(what) = note {
        let issue = Issue::error(IssueCode::MultipleMatches, what);
        page.outcome(&outcome(&[Issue { severity: Severity::Warning, ..issue }]));
    }
    Ok(page.finish())
}

/// The patients that may be the one, most likely first.
fn scored(ask: &Ask<'_>, resource: &Value, wanted: &Traits) -> Result<Vec<(Score, Stored)>, FhirError> {
    let mut found = Vec::new();
    for stored in candidates(ask, resource, wanted)? {
        let Ok(candidate) = serde_json::from_slice::<Value>(&stored.body) else { continue };
        let score = score(wanted, &traits_of(&candidate));
        if score.grade > Grade::CertainlyNot {
            found.push((score, stored));
        }
    }
    found.sort_by(|(a, one), (b, other)| b.value.total_cmp(&a.value).then_with(|| one.id.cmp(&other.id)));
    Ok(found)
}

/// Patients who have something in common with the one looked for: an identifier, a birth date, the beginning of a name
/// or a phone number.
fn candidates(ask: &Ask<'_>, resource: &Value, wanted: &Traits) -> Result<Vec<Stored>, FhirError> {
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
    for phone in texts(&resource["telecom"], "value") {
        searches.push(("telecom", escaped(&phone)));
    }
    let mut found = BTreeMap::new();
    for (name, value) in searches.into_iter().filter(|(_, value)| !value.is_empty()) {
        // A value that cannot be searched for finds nobody.
        let Ok(query) = query_of(ask.context, "Patient", &[(name.to_owned(), value)]) else { continue };
        let hits = ask.view.search(&query, CANDIDATES_MAX).map_err(store_refusal)?.hits;
        found.extend(hits.into_iter().map(|stored| (stored.id.clone(), stored)));
    }
    Ok(found.into_values().collect())
}

/// A text as a search value says it, where `,`, `|` and `$` mean something.
fn escaped(text: &str) -> String {
    text.chars()
        .flat_map(|letter| {
            matches!(letter, '\\' | ',' | '|' | '$').then_some('\\').into_iter().chain([letter])
        })
        .collect()
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
