use std::collections::HashMap;

use serde::Deserialize;
use standards::fhir::outcome::IssueCode;
use store::sandbox::Stored;

use super::table::Ask;
use crate::fhir::error::{FhirError, Refusal};
use crate::fhir::guard::{links_in_reach, narrow};
use crate::fhir::page::{Mode, Page, link};
use crate::fhir::search::{query_of, store_refusal};

/// Observations of one code at most.
const LAST_MAX: usize = 100;
/// Observations looked at at most.
const LOOKED_AT_MAX: usize = 20_000;
/// Observations looked at at a time.
const PAGE: usize = 1000;

/// `Observation/$lastn`: of each code the newest observations, one if `max` does not say more (R4, 10.1.22.1). The other
/// parameters are those of a search.
pub(super) fn lastn(ask: &Ask<'_>) -> Result<Vec<u8>, FhirError> {
    let max = ask.input.count("max")?.unwrap_or(1).clamp(1, LAST_MAX);
    let asked = ask.input.pairs(&["max"])?;
    let is_subject = |(name, _): &(String, String)| {
        ["patient", "subject"].contains(&name.split([':', '.']).next().unwrap_or_default())
    };
    if !asked.iter().any(is_subject) {
        let what = "say whose observations are meant: give 'patient' or 'subject'";
        return Err(FhirError::new(Refusal::Malformed, IssueCode::Required, what));
    }
    let groups = newest_of_each(ask, &asked, max)?;
    let found: Vec<&Stored> = groups.iter().flatten().collect();
    let mut applied = asked;
    applied.push(("max".to_owned(), max.to_string()));
    let address = link(ask.context.base_url, "Observation/$lastn", &applied, None);
    let mut page = Page::new("searchset", Some(found.len() as u64), &[("self", address)]);
    for stored in found {
        page.found(&format!("{}/Observation/{}", ask.context.base_url, stored.id), &stored.body, Mode::Match);
    }
    Ok(page.finish())
}

/// The newest `max` of each code, by code, the code that was observed last first.
fn newest_of_each(
    ask: &Ask<'_>,
    asked: &[(String, String)],
    max: usize,
) -> Result<Vec<Vec<Stored>>, FhirError> {
    let newest_first = [asked, &[("_sort".to_owned(), "-date".to_owned())]].concat();
    let mut query = query_of(ask.context, "Observation", &newest_first)?;
    links_in_reach(ask.context, std::slice::from_ref(&query))?;
    narrow(ask.context, &mut query)?;
    let mut groups: Vec<Vec<Stored>> = Vec::new();
    let mut group_of: HashMap<String, usize> = HashMap::new();
    let mut looked_at = 0;
    loop {
        let found = ask.view.search(&query, PAGE).map_err(store_refusal)?;
        looked_at += found.hits.len();
        for stored in found.hits {
            let codes = codes_of(&stored.body);
            let known = codes.iter().find_map(|code| group_of.get(code).copied());
            let group = known.unwrap_or_else(|| {
                groups.push(Vec::new());
                groups.len() - 1
            });
            group_of.extend(codes.into_iter().map(|code| (code, group)));
            if groups[group].len() < max {
                groups[group].push(stored);
            }
        }
        query.cursor = found.next;
        if query.cursor.is_none() {
            return Ok(groups);
        }
        if looked_at >= LOOKED_AT_MAX {
            let what = format!(
                "more than {LOOKED_AT_MAX} observations would have to be looked at; ask by code or category"
            );
            return Err(FhirError::new(Refusal::Malformed, IssueCode::TooCostly, what));
        }
    }
}

/// What an observation is of: its codings, any of which makes two observations the same; or its text.
fn codes_of(body: &[u8]) -> Vec<String> {
    #[derive(Deserialize, Default)]
    struct Observation {
        #[serde(default)]
        code: Code,
    }
    #[derive(Deserialize, Default)]
    struct Code {
        #[serde(default)]
        coding: Vec<Coding>,
        #[serde(default)]
        text: String,
    }
    #[derive(Deserialize)]
    struct Coding {
        #[serde(default)]
        system: String,
        #[serde(default)]
        code: String,
    }
    let Code { coding, text } = serde_json::from_slice::<Observation>(body).unwrap_or_default().code;
    if coding.is_empty() {
        return vec![text];
    }
    coding.into_iter().map(|Coding { system, code }| format!("{system}|{code}")).collect()
}
