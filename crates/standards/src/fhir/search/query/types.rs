//! One search on several types.

use super::model::{ParseContext, Problem, ProblemKind, Query};
use super::parse::{HANDLED, parse};
use crate::fhir::search::parameter::Parameters;

/// What may suit one type and not another without changing what is found of the other.
const ADDING: [&str; 4] = ["_include", "_include:iterate", "_revinclude", "_revinclude:iterate"];

/// Reads a search on each of `types`: a query for every type, and the problems of all of them, each once.
///
/// A parameter that chooses resources must suit every type (FHIR R4, 3.1.1.3); what adds resources to those found need
/// suit one. The queries' own `problems` are empty, and all have the same `applied`.
#[must_use]
pub fn parse_types(
    types: &[&str],
    pairs: &[(String, String)],
    parameters: &Parameters,
    context: &ParseContext<'_>,
) -> (Vec<Query>, Vec<Problem>) {
    let mut good = Vec::new();
    let mut problems: Vec<Problem> = Vec::new();
    for pair in pairs {
        match problem(types, pair, parameters, context) {
            Some(problem) => problems.push(problem),
            None => good.push(pair.clone()),
        }
    }
    let is_applied = |name: &str| name != "_cursor" && !HANDLED.contains(&name);
    let applied: Vec<_> = good.iter().filter(|(name, _)| is_applied(name)).cloned().collect();
    let mut queries: Vec<Query> = types.iter().map(|kind| parse(kind, &good, parameters, context)).collect();
    for query in &mut queries {
        let left = std::mem::take(&mut query.problems);
        let left = left.into_iter().filter(|problem| !ADDING.contains(&problem.parameter.as_str()));
        problems.extend(left.filter(|problem| problem.kind != ProblemKind::Unknown));
        query.applied = applied.clone();
    }
    problems.dedup();
    (queries, problems)
}

/// What is wrong with a parameter taken by itself: for the first type that it does not suit, or, where it only adds, for
/// the last if it suits none.
fn problem(
    types: &[&str],
    pair: &(String, String),
    parameters: &Parameters,
    context: &ParseContext<'_>,
) -> Option<Problem> {
    let of_type = |kind: &&str| parse(kind, std::slice::from_ref(pair), parameters, context).problems.pop();
    if ADDING.contains(&pair.0.as_str()) {
        let mut found = None;
        for kind in types {
            found = Some(of_type(kind)?);
        }
        return found;
    }
    types.iter().find_map(of_type)
}
