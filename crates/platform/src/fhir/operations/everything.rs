use std::collections::BTreeSet;

use serde_json::Value;
use standards::fhir::definitions::Definitions;
use standards::fhir::search::query::{Condition, Query, Total};
use standards::fhir::search::{IndexValue, Parameters, SearchKind, compartment, extract};
use store::sandbox::Stored;

use super::input::wrong;
use super::table::Ask;
use crate::fhir::error::FhirError;
use crate::fhir::guard::{in_sight, narrow_each};
use crate::fhir::page::{Mode, Page, link};
use crate::fhir::read::alive;
use crate::fhir::search::{COUNT_MAX, query_of, store_refusal};

const PARAMETERS: &[&str] = &["start", "end", "_since", "_type", "_count", "_cursor"];

/// The parameters that tell when care was given, whichever comes first of those that a type has.
const CARE_DATES: [&str; 12] = [
    "date",
    "onset-date",
    "authoredon",
    "effective-time",
    "whenhandedover",
    "effective",
    "authored",
    "collected",
    "started",
    "created",
    "sent",
    "start-date",
];

/// `Patient/ID/$everything` and `Encounter/ID/$everything`: the compartment, page by page, and what its resources refer
/// to outside it (R4, 8.1.17.1 and 8.11.10.1). `Patient/$everything` is the same for all patients together.
pub(super) fn everything(ask: &Ask<'_>) -> Result<Vec<u8>, FhirError> {
    ask.input.only(PARAMETERS)?;
    let (kind, id) = (ask.place.kind().unwrap_or_default(), ask.place.id().unwrap_or_default());
    if ask.place.id().is_some() {
        alive(in_sight(ask.context, ask.view.get(kind, id)?), kind, id)?;
    }
    let wanted = wanted(ask)?;
    let is_wanted = |kind: &str| wanted.as_ref().is_none_or(|wanted| wanted.contains(kind));
    let held = compartment::types(kind);
    let queries = held.iter().filter(|of| is_wanted(of)).map(|of| query(ask, of));
    let mut queries = queries.collect::<Result<Vec<Query>, FhirError>>()?;
    narrow_each(ask.context, &mut queries);
    let count = ask.input.count("_count")?.unwrap_or(COUNT_MAX).clamp(1, COUNT_MAX);
    let found = ask.view.search_types(&queries, count).map_err(store_refusal)?;

    let path = match ask.place.id() {
        Some(id) => format!("{kind}/{id}/$everything"),
        None => format!("{kind}/$everything"),
    };
    let applied = applied(ask, count)?;
    let address = |cursor: Option<&str>| link(ask.context.base_url, &path, &applied, cursor);
    let mut links = vec![("self", address(ask.input.text("_cursor")?))];
    if let Some(next) = &found.next {
        links.push(("next", address(Some(next.as_str()))));
    }
    let mut page = Page::new("searchset", found.total, &links);
    let outside = |kind: &str| !held.contains(&kind) && is_wanted(kind);
    let supporting = referred_to(ask, &found.hits, &outside)?;
    for (mode, resources) in [(Mode::Match, &found.hits), (Mode::Include, &supporting)] {
        for stored in resources {
            let full_url = format!("{}/{}/{}", ask.context.base_url, stored.kind, stored.id);
            page.found(&full_url, &stored.body, mode);
        }
    }
    Ok(page.finish())
}

/// The types of `_type`, if it is given.
fn wanted(ask: &Ask<'_>) -> Result<Option<BTreeSet<String>>, FhirError> {
    let mut wanted = None;
    for given in ask.input.all("_type") {
        for kind in given.value.as_str().unwrap_or_default().split(',') {
            if !Definitions::r4().is_resource(kind) {
                return Err(wrong("_type", &format!("names '{kind}', which is not a FHIR R4 resource type")));
            }
            wanted.get_or_insert_with(BTreeSet::new).insert(kind.to_owned());
        }
    }
    Ok(wanted)
}

/// What of one type is asked for.
fn query(ask: &Ask<'_>, of: &str) -> Result<Query, FhirError> {
    let (kind, id) = (ask.place.kind().unwrap_or_default(), ask.place.id().unwrap_or_default());
    let mut pairs = Vec::new();
    if let Some(since) = ask.input.text("_since")? {
        pairs.push(("_lastUpdated".to_owned(), format!("ge{since}")));
    }
    if let Some(code) = care_date(of) {
        for (name, prefix) in [("start", "ge"), ("end", "le")] {
            let date = ask.input.text(name)?;
            pairs.extend(date.map(|date| (code.to_owned(), format!("{prefix}{date}"))));
        }
    }
    let condition = compartment::condition([kind, id], of, ask.context.base_url);
    if ask.place.id().is_none() && of != kind {
        pairs.extend(condition.as_ref().map(|condition| ("_filter".to_owned(), of_somebody(condition))));
    }
    let mut query = match pairs.is_empty() {
        true => Query { resource_type: of.to_owned(), ..Query::default() },
        false => query_of(ask.context, of, &pairs)?,
    };
    match ask.place.id() {
        Some(_) => query.criteria.splice(0..0, condition).for_each(drop),
        // Counting every resource of every patient would take longer than giving the page.
        None => query.total = Total::None,
    }
    query.cursor = ask.input.text("_cursor")?.map(str::to_owned);
    Ok(query)
}

/// A filter for what is in the compartment of anybody, by the parameters that put it into the compartment of one. Where
/// there is `patient`, it is enough, and finds nothing that is about a device or a group.
fn of_somebody(of_one: &Condition) -> String {
    let codes: BTreeSet<&str> = of_one.criteria().map(|criterion| criterion.code.as_str()).collect();
    let present = |code: &&str| format!("{code} pr true");
    match codes.get("patient") {
        Some(patient) => present(patient),
        None => codes.iter().map(present).collect::<Vec<_>>().join(" or "),
    }
}

/// The parameter that tells when care of this type was given.
fn care_date(kind: &str) -> Option<&'static str> {
    let is_date = |code: &&str| {
        Parameters::r4().find(kind, code).is_some_and(|parameter| parameter.kind == SearchKind::Date)
    };
    CARE_DATES.into_iter().find(is_date)
}

/// What links to other pages repeat.
fn applied(ask: &Ask<'_>, count: usize) -> Result<Vec<(String, String)>, FhirError> {
    let mut applied = ask.input.pairs(&["_count", "_cursor"])?;
    applied.push(("_count".to_owned(), count.to_string()));
    Ok(applied)
}

/// What resources refer to of some types, each once.
fn referred_to(
    ask: &Ask<'_>,
    hits: &[Stored],
    is_of_interest: &dyn Fn(&str) -> bool,
) -> Result<Vec<Stored>, FhirError> {
    let mut targets = BTreeSet::new();
    for value in hits.iter().filter_map(|stored| serde_json::from_slice::<Value>(&stored.body).ok()) {
        for entry in extract(&value) {
            if let IndexValue::Reference { target } = entry.value {
                targets.insert(target);
            }
        }
    }
    let mut found = Vec::new();
    for target in targets {
        let Some((kind, id)) = target.split_once('/').filter(|(kind, _)| is_of_interest(kind)) else {
            continue;
        };
        found.extend(in_sight(ask.context, ask.view.get(kind, id)?).filter(|stored| !stored.deleted));
    }
    Ok(found)
}
