use serde_json::json;
use standards::fhir::outcome::{IssueCode, outcome};
use standards::fhir::search::Codes;
use standards::fhir::search::query::{Condition, Match, ParseContext, Query};
use store::StoreError;
use store::journal::NewEntry;
use store::sandbox::{Stored, View};

use super::include::included;
use super::judge::judge;
use super::scope::{Asked, Scope};
use crate::fhir::answer::Answer;
use crate::fhir::context::Context;
use crate::fhir::error::{FhirError, Refusal};
use crate::fhir::guard::{links_in_reach, narrow_each};
use crate::fhir::interaction::Interaction;
use crate::fhir::page::{Mode, Page, link};
use crate::fhir::perform::granted;
use crate::fhir::subset::Subset;

/// Resources on a page when the client does not say.
pub const COUNT_DEFAULT: usize = 50;
/// Resources on a page at most.
pub const COUNT_MAX: usize = 1000;

/// The resources in a scope that meet some criteria (R4, 3.1.1).
pub(in crate::fhir) fn search(
    context: &Context<'_>,
    view: View<'_>,
    asked: &Interaction<'_>,
    scope: Scope<'_>,
    parameters: &[(String, String)],
    strict: bool,
) -> Result<(Answer, NewEntry), FhirError> {
    let Asked { mut queries, problems } = scope.read(context, view, parameters)?;
    let mut notes = judge(&queries, &problems, strict)?;
    links_in_reach(context, &queries)?;
    narrow_each(context, &mut queries);
    // Where nothing is of a type that is searched, there is no query either, and nothing shapes the answer.
    let none = Query::default();
    let shape = queries.first().unwrap_or(&none);
    let count = shape.count.unwrap_or(COUNT_DEFAULT).min(COUNT_MAX);
    let found = view.search_types(&queries, count).map_err(store_refusal)?;
    let added = included(context, view, &queries, &found.hits)?;
    notes.extend(added.note);
    let more = [("total", json!(found.total)), ("hits", json!(found.hits.len()))];
    let event = granted(context, asked, subject_of(scope, shape), &more);

    let address = |cursor| link(context.base_url, &scope.path(), &shape.applied, cursor);
    let mut links = vec![("self", address(shape.cursor.as_deref()))];
    if let Some(next) = &found.next {
        links.push(("next", address(Some(next.as_str()))));
    }
    let mut page = Page::new("searchset", found.total, &links);
    let subset = Subset::of(shape);
    let full_url = |stored: &Stored| format!("{}/{}/{}", context.base_url, stored.kind, stored.id);
    for (mode, resources) in [(Mode::Match, &found.hits), (Mode::Include, &added.resources)] {
        for stored in resources {
            page.found(&full_url(stored), &subset.apply(&stored.kind, &stored.body), mode);
        }
    }
    if !notes.is_empty() {
        page.outcome(&outcome(&notes));
    }
    Ok((Answer::Made(page.finish()), event))
}

/// What a query is read against in this sandbox, with what is known of codes.
pub(in crate::fhir) fn parse_context<'a>(context: &Context<'a>, codes: &'a dyn Codes) -> ParseContext<'a> {
    ParseContext { base_url: context.base_url, now_us: context.access.virtual_us(), codes }
}

/// Why the store would not search.
pub(in crate::fhir) fn store_refusal(error: StoreError) -> FhirError {
    match error {
        StoreError::Conflict { what } => FhirError::new(Refusal::Malformed, IssueCode::Value, what),
        StoreError::Full { what } => FhirError::new(Refusal::Malformed, IssueCode::TooCostly, what),
        other => other.into(),
    }
}

/// The patient a search is about, when it names exactly one.
fn subject_of(scope: Scope<'_>, query: &Query) -> Option<String> {
    if let Scope::Compartment { kind: "Patient", id, .. } = scope {
        return Some(format!("Patient/{id}"));
    }
    let criteria = query.criteria.iter().filter_map(Condition::as_value);
    criteria.into_iter().find_map(|criterion| match criterion.any.as_slice() {
        [Match::Reference { targets }] => {
            targets.iter().find(|target| target.starts_with("Patient/")).cloned()
        }
        [Match::Id { id }] if query.resource_type == "Patient" => Some(format!("Patient/{id}")),
        _ => None,
    })
}
