use std::cell::RefCell;

use serde_json::Value;
use standards::fhir::search::Parameters;
use standards::fhir::search::query::{Condition, Criterion, Match, Query, Sort, Summary, Total};
use standards::fhir::terminology::{Kind, Source, Terminology};
use store::StoreError;
use store::sandbox::View;

use super::hospital;
use crate::fhir::error::FhirError;

/// Versions of one resource, and concept maps in all, that a question looks at.
const FOUND_MAX: usize = 100;

/// Answers a question about codes from what the sandbox holds, the hospital brings along, and ships.
///
/// # Errors
/// Those of `ask`, and [`FhirError`] when the store failed meanwhile: then the answer would rest on less than there is.
pub(in crate::fhir) fn with_terminology<T>(
    view: View<'_>,
    ask: impl FnOnce(&Terminology<'_>) -> Result<T, FhirError>,
) -> Result<T, FhirError> {
    let shelf = Shelf { view, failure: RefCell::new(None) };
    let answer = ask(&Terminology::with(&shelf));
    match shelf.failure.into_inner() {
        Some(failure) => Err(failure.into()),
        None => answer,
    }
}

/// The terminology resources of a sandbox. What the store could not do is kept for the end.
struct Shelf<'a> {
    view: View<'a>,
    failure: RefCell<Option<StoreError>>,
}

impl Shelf<'_> {
    /// The resources of a kind, of this canonical URL where one is named, newest first.
    fn stored(&self, kind: Kind, url: Option<&str>) -> Vec<Value> {
        let hits = self.view.search(&query(kind, url), FOUND_MAX).map(|found| found.hits);
        let hits = hits.unwrap_or_else(|failure| {
            self.failure.replace(Some(failure));
            Vec::new()
        });
        hits.iter().filter_map(|stored| serde_json::from_slice(&stored.body).ok()).collect()
    }
}

impl Source for Shelf<'_> {
    fn find(&self, kind: Kind, url: &str, version: Option<&str>) -> Option<Value> {
        let own = self.stored(kind, Some(url)).into_iter().chain(hospital::resource(kind, url));
        own.into_iter().find(|found| version.is_none_or(|version| found["version"] == version))
    }

    fn concept_maps(&self) -> Vec<Value> {
        let mut maps = self.stored(Kind::ConceptMap, None);
        maps.extend(hospital::concept_maps());
        maps
    }
}

fn query(kind: Kind, url: Option<&str>) -> Query {
    let parameter = |code: &str| Parameters::r4().find(kind.name(), code);
    let criterion = url.zip(parameter("url")).map(|(url, parameter)| Criterion {
        code: parameter.code.clone(),
        key: parameter.key,
        kind: parameter.kind,
        modifier: None,
        any: vec![Match::Uri { value: url.to_owned() }],
    });
    let newest = parameter("_lastUpdated").map(|parameter| Sort {
        code: parameter.code.clone(),
        key: parameter.key,
        kind: parameter.kind,
        descending: true,
    });
    Query {
        resource_type: kind.name().to_owned(),
        criteria: criterion.into_iter().map(Condition::Value).collect(),
        sort: newest.into_iter().collect(),
        summary: Summary::False,
        total: Total::None,
        ..Query::default()
    }
}
