//! Reads the pairs of a query string.

use super::control;
use super::model::{ParseContext, Problem, Query};
use super::reader::{Reader, Refusal, unknown};
use crate::fhir::search::parameter::Parameters;

/// Handled before a search is read: the form of the answer, and the types of a search over several.
pub(super) const HANDLED: [&str; 3] = ["_format", "_pretty", "_type"];

/// Reads a search on `resource_type` from the decoded pairs of a query string, in their order.
///
/// Nothing fails as a whole: each pair that cannot be used is reported in [`Query::problems`], the
/// others stand.
#[must_use]
pub fn parse(
    resource_type: &str,
    pairs: &[(String, String)],
    parameters: &Parameters,
    context: &ParseContext<'_>,
) -> Query {
    let reader = Reader::new(parameters, context);
    let mut query = Query { resource_type: resource_type.to_owned(), ..Query::default() };
    for (name, value) in pairs {
        if HANDLED.contains(&name.as_str()) {
            continue;
        }
        match read(&mut query, name, value, &reader) {
            Ok(()) if name == "_cursor" => {}
            Ok(()) => query.applied.push((name.clone(), value.clone())),
            Err((kind, reason)) => query.problems.push(Problem { parameter: name.clone(), reason, kind }),
        }
    }
    query
}

fn read(query: &mut Query, name: &str, value: &str, reader: &Reader<'_>) -> Result<(), Refusal> {
    if value.is_empty() {
        return unknown("has no value");
    }
    if let Some(outcome) = control::read(query, name, value, reader.parameters) {
        return outcome;
    }
    let condition = reader.condition(&query.resource_type, name, value, 0)?;
    query.criteria.push(condition);
    Ok(())
}
