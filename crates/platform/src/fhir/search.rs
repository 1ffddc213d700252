use std::collections::BTreeSet;

use percent_encoding::percent_decode_str;
use serde_json::{Value, json};
use standards::fhir::outcome::{Issue, IssueCode, Severity, outcome};
use standards::fhir::search::query::{
    Criterion, Include, Match, ParseContext, ProblemKind, Query, Summary, Total, parse,
};
use standards::fhir::search::{IndexValue, Parameters, SearchKind, extract};
use store::journal::NewEntry;
use store::sandbox::{Stored, View};

use super::answer::Answer;
use super::context::Context;
use super::error::{FhirError, Refusal};
use super::interaction::Interaction;
use super::page::{Mode, Page, link};
use super::perform::granted;
use super::subset::Subset;
use super::write::check_type;

/// Resources on a page when the client does not say.
pub const COUNT_DEFAULT: usize = 50;
/// Resources on a page at most.
pub const COUNT_MAX: usize = 1000;
/// Values that the criteria of a search may have in all; a reference by its bare id counts once for each type it may mean.
const VALUES_MAX: usize = 4000;
/// Resources that `_include` and `_revinclude` may add to a page.
const INCLUDED_MAX: usize = 2000;

/// The resources of a type that meet some criteria (R4, 3.1.1).
pub(super) fn search(
    context: &Context<'_>,
    view: View<'_>,
    asked: &Interaction<'_>,
    kind: &str,
    parameters: &[(String, String)],
    strict: bool,
) -> Result<(Answer, NewEntry), FhirError> {
    check_type(kind)?;
    let query = parse(kind, parameters, Parameters::r4(), &parse_context(context));
    let warnings = judge(&query, strict)?;
    let count = query.count.unwrap_or(COUNT_DEFAULT).min(COUNT_MAX);
    let found = view.search(&query, count).map_err(bad_cursor)?;
    let included = included(view, &query, &found.hits)?;
    let more = [("total", json!(found.total)), ("hits", json!(found.hits.len()))];
    let event = granted(context, asked, subject_of(&query), &more);

    let address = |cursor| link(context.base_url, kind, &query.applied, cursor);
    let mut links = vec![("self", address(query.cursor.as_deref()))];
    if let Some(next) = &found.next {
        links.push(("next", address(Some(next.as_str()))));
    }
    let mut page = Page::new("searchset", found.total, &links);
    let subset = Subset::of(&query);
    let full_url = |stored: &Stored| format!("{}/{}/{}", context.base_url, stored.kind, stored.id);
    for (mode, resources) in [(Mode::Match, &found.hits), (Mode::Include, &included)] {
        for stored in resources {
            page.found(&full_url(stored), &subset.apply(&stored.kind, &stored.body), mode);
        }
    }
    if !warnings.is_empty() {
        page.outcome(&outcome(&warnings));
    }
    Ok((Answer::Made(page.finish()), event))
}

/// At most `count` resources that meet `condition`, a query string without `?`; every parameter must be understood.
pub(super) fn matches_of(
    context: &Context<'_>,
    view: View<'_>,
    kind: &str,
    condition: &str,
    count: usize,
) -> Result<Vec<Stored>, FhirError> {
    check_type(kind)?;
    let query = parse(kind, &pairs_of(condition), Parameters::r4(), &parse_context(context));
    judge(&query, true)?;
    if query.criteria.is_empty() {
        let what = format!("the condition '{condition}' names no search parameter of {kind}");
        return Err(FhirError::new(Refusal::Malformed, IssueCode::Value, what));
    }
    Ok(view.search(&query, count)?.hits)
}

/// A query string as decoded pairs.
pub fn pairs_of(query: &str) -> Vec<(String, String)> {
    let decode = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    let parts = query.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| part.split_once('=').unwrap_or((part, "")))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect()
}

fn parse_context<'a>(context: &Context<'a>) -> ParseContext<'a> {
    ParseContext { base_url: context.base_url, now_us: context.access.virtual_us() }
}

/// Refuses what is malformed, and under strict handling what is unknown; otherwise says what was left out.
fn judge(query: &Query, strict: bool) -> Result<Vec<Issue>, FhirError> {
    let refused = query.problems.iter().any(|problem| strict || problem.kind == ProblemKind::Invalid);
    let severity = if refused { Severity::Error } else { Severity::Warning };
    let issues: Vec<Issue> = query
        .problems
        .iter()
        .map(|problem| Issue {
            severity,
            code: if problem.kind == ProblemKind::Invalid {
                IssueCode::Value
            } else {
                IssueCode::NotSupported
            },
            diagnostics: format!("parameter '{}': {}", problem.parameter, problem.reason),
            expression: None,
        })
        .collect();
    if refused {
        return Err(FhirError { refusal: Refusal::Malformed, issues });
    }
    if values_of(query) > VALUES_MAX {
        let what = format!("this search looks for more than {VALUES_MAX} values; ask in several parts");
        return Err(FhirError::new(Refusal::Malformed, IssueCode::TooCostly, what));
    }
    Ok(issues)
}

fn values_of(query: &Query) -> usize {
    let weight = |wanted: &Match| match wanted {
        Match::Reference { targets } => targets.len(),
        _ => 1,
    };
    query.criteria.iter().flat_map(|criterion| &criterion.any).map(weight).sum()
}

fn bad_cursor(error: store::StoreError) -> FhirError {
    match error {
        store::StoreError::Conflict { what } => FhirError::new(Refusal::Malformed, IssueCode::Value, what),
        other => other.into(),
    }
}

/// The patient a search is about, when it names exactly one.
fn subject_of(query: &Query) -> Option<String> {
    query.criteria.iter().find_map(|criterion| match criterion.any.as_slice() {
        [Match::Reference { targets }] => {
            targets.iter().find(|target| target.starts_with("Patient/")).cloned()
        }
        [Match::Id { id }] if query.resource_type == "Patient" => Some(format!("Patient/{id}")),
        _ => None,
    })
}

/// What `_include` and `_revinclude` add to the hits: each resource once, none that is a hit itself.
fn included(view: View<'_>, query: &Query, hits: &[Stored]) -> Result<Vec<Stored>, FhirError> {
    let mut seen: BTreeSet<(String, String)> =
        hits.iter().map(|stored| (stored.kind.clone(), stored.id.clone())).collect();
    let mut added = Vec::new();
    let mut add = |stored: Stored| {
        if !stored.deleted && seen.insert((stored.kind.clone(), stored.id.clone())) {
            added.push(stored);
        }
        if added.len() <= INCLUDED_MAX { Ok(()) } else { Err(too_many()) }
    };
    for include in &query.include {
        for target in targets(hits, include) {
            let Some((kind, id)) = target.split_once('/') else { continue };
            if let Some(stored) = view.get(kind, id)? {
                add(stored)?;
            }
        }
    }
    for include in &query.revinclude {
        for stored in referring(view, hits, include)? {
            add(stored)?;
        }
    }
    Ok(added)
}

/// What the hits refer to along an include.
fn targets(hits: &[Stored], include: &Include) -> BTreeSet<String> {
    let sources = hits.iter().filter(|stored| stored.kind == include.source_type);
    let values = sources.filter_map(|stored| serde_json::from_slice::<Value>(&stored.body).ok());
    let entries = values.flat_map(|value| extract(&value));
    let references =
        entries.filter(|entry| entry.param == include.key).filter_map(|entry| match entry.value {
            IndexValue::Reference { target } => Some(target),
            _ => None,
        });
    let wanted = |target: &String| {
        include.target_type.as_ref().is_none_or(|kind| target.split('/').next() == Some(kind.as_str()))
    };
    references.filter(wanted).collect()
}

/// What refers to the hits along a reverse include.
fn referring(view: View<'_>, hits: &[Stored], include: &Include) -> Result<Vec<Stored>, FhirError> {
    let wanted = |stored: &&Stored| include.target_type.as_ref().is_none_or(|kind| *kind == stored.kind);
    let targets: Vec<String> =
        hits.iter().filter(wanted).map(|stored| format!("{}/{}", stored.kind, stored.id)).collect();
    if targets.is_empty() {
        return Ok(Vec::new());
    }
    let criterion = Criterion {
        code: include.code.clone(),
        key: include.key,
        kind: SearchKind::Reference,
        modifier: None,
        any: targets.into_iter().map(|target| Match::Reference { targets: vec![target] }).collect(),
    };
    let query = Query {
        resource_type: include.source_type.clone(),
        criteria: vec![criterion],
        summary: Summary::False,
        total: Total::None,
        ..Query::default()
    };
    Ok(view.search(&query, INCLUDED_MAX + 1)?.hits)
}

fn too_many() -> FhirError {
    let what = format!(
        "_include and _revinclude would add more than {INCLUDED_MAX} resources to this page; ask for a smaller _count"
    );
    FhirError::new(Refusal::Malformed, IssueCode::TooCostly, what)
}
