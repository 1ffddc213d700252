//! Reads the pairs of a query string.

use super::control;
use super::escape::split;
use super::model::{Criterion, Modifier, ParseContext, Problem, ProblemKind, Query};
use super::value::Reading;
use crate::fhir::search::kind::SearchKind;
use crate::fhir::search::parameter::{Parameters, SearchParameter};

/// Handled before a search is read: the form of the answer.
const FORMAT: [&str; 2] = ["_format", "_pretty"];

/// Filters of the standard that are not supported here; going on without one would answer another
/// question.
const UNSUPPORTED: [&str; 6] = ["_content", "_filter", "_has", "_list", "_query", "_text"];

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
    let mut query = Query { resource_type: resource_type.to_owned(), ..Query::default() };
    for (name, value) in pairs {
        if FORMAT.contains(&name.as_str()) {
            continue;
        }
        match read(&mut query, name, value, parameters, context) {
            Ok(()) if name == "_cursor" => {}
            Ok(()) => query.applied.push((name.clone(), value.clone())),
            Err((kind, reason)) => query.problems.push(Problem { parameter: name.clone(), reason, kind }),
        }
    }
    query
}

type Refusal = (ProblemKind, String);

fn read(
    query: &mut Query,
    name: &str,
    value: &str,
    parameters: &Parameters,
    context: &ParseContext<'_>,
) -> Result<(), Refusal> {
    if value.is_empty() {
        return Err((ProblemKind::Unknown, "has no value".to_owned()));
    }
    if let Some(outcome) = control::read(query, name, value, parameters) {
        return outcome;
    }
    let (code, modifier) = match name.split_once(':') {
        Some((code, modifier)) => (code, Some(modifier)),
        None => (name, None),
    };
    let parameter = find(&query.resource_type, name, code, parameters)?;
    let criterion = criterion(parameter, modifier, value, parameters, context)
        .map_err(|reason| (ProblemKind::Invalid, reason))?;
    query.criteria.push(criterion);
    Ok(())
}

fn find<'a>(
    resource_type: &str,
    name: &str,
    code: &str,
    parameters: &'a Parameters,
) -> Result<&'a SearchParameter, Refusal> {
    let unsupported = |reason: String| Err((ProblemKind::Invalid, reason));
    if UNSUPPORTED.contains(&code) {
        return unsupported(format!("`{code}` is not supported"));
    }
    if control::NAMES.contains(&code) {
        return unsupported(format!("`{code}` is supported without a modifier only"));
    }
    if name.contains('.') {
        return unsupported("chained parameters are not supported: search the other type first".to_owned());
    }
    if let Some(parameter) = parameters.find(resource_type, code) {
        return Ok(parameter);
    }
    let refused = parameters.refused(resource_type);
    match refused.iter().find(|refused| refused.code == code) {
        Some(refused) => unsupported(refused.reason.clone()),
        None => Err((ProblemKind::Unknown, format!("{resource_type} has no search parameter `{code}`"))),
    }
}

fn criterion(
    parameter: &SearchParameter,
    modifier: Option<&str>,
    value: &str,
    parameters: &Parameters,
    context: &ParseContext<'_>,
) -> Result<Criterion, String> {
    let modifier =
        modifier.map(|modifier| read_modifier(parameter, modifier, value, parameters)).transpose()?;
    let reading = Reading { parameter, modifier: modifier.as_ref(), parameters, context };
    let any = match &modifier {
        Some(Modifier::Missing(_)) => Vec::new(),
        _ => split(value, ',')
            .into_iter()
            .map(|part| match part {
                "" => Err("has an empty value between commas; write \\, for a comma that is part of a value"
                    .to_owned()),
                part => reading.value(part),
            })
            .collect::<Result<_, _>>()?,
    };
    Ok(Criterion { code: parameter.code.clone(), key: parameter.key, kind: parameter.kind, modifier, any })
}

fn read_modifier(
    parameter: &SearchParameter,
    modifier: &str,
    value: &str,
    parameters: &Parameters,
) -> Result<Modifier, String> {
    match (parameter.kind, modifier) {
        (SearchKind::Id | SearchKind::LastUpdated, _) => {}
        (_, "missing") => {
            return value
                .parse()
                .map(Modifier::Missing)
                .map_err(|_| format!("`{value}` is not one of true, false"));
        }
        (SearchKind::String, "exact") => return Ok(Modifier::Exact),
        (SearchKind::String, "contains") => return Ok(Modifier::Contains),
        (SearchKind::Token, "not") => return Ok(Modifier::Not),
        (SearchKind::Reference, name) if points_to(parameter, name, parameters) => {
            return Ok(Modifier::Type(name.to_owned()));
        }
        _ => {}
    }
    Err(format!(
        "the modifier `:{modifier}` is not supported for `{}`, which is a {} parameter",
        parameter.code,
        parameter.kind.code()
    ))
}

fn points_to(parameter: &SearchParameter, name: &str, parameters: &Parameters) -> bool {
    if parameter.targets.is_empty() {
        return parameters.resource_types().any(|known| known == name);
    }
    parameter.targets.iter().any(|target| target == name)
}
