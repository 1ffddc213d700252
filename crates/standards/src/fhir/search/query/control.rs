//! The parameters that shape the result instead of choosing resources (FHIR R4, 3.1.1.5).

use super::escape::{split, unescape};
use super::model::{Include, ProblemKind, Query, Sort, Summary, Total};
use crate::fhir::search::kind::SearchKind;
use crate::fhir::search::parameter::Parameters;

type Found<T> = Result<T, (ProblemKind, String)>;

/// All of them.
pub(super) const NAMES: [&str; 8] =
    ["_count", "_cursor", "_elements", "_include", "_revinclude", "_sort", "_summary", "_total"];

/// Those that may be given only once.
const SINGLE: [&str; 4] = ["_count", "_summary", "_total", "_cursor"];

/// Reads a control parameter into the query; `None` when `name` is not one.
pub(super) fn read(query: &mut Query, name: &str, value: &str, parameters: &Parameters) -> Option<Found<()>> {
    if SINGLE.contains(&name) && query.applied.iter().any(|(applied, _)| applied == name) {
        return Some(invalid("is given more than once"));
    }
    let outcome = match name {
        "_count" => count(value).map(|count| query.count = Some(count)),
        "_cursor" => cursor(query, value),
        "_summary" => summary(value).map(|summary| query.summary = summary),
        "_total" => total(value).map(|total| query.total = total),
        "_elements" => elements(value).map(|elements| query.elements.extend(elements)),
        "_sort" => sort(&query.resource_type, value, parameters).map(|keys| query.sort.extend(keys)),
        "_include" => {
            let source = Some(query.resource_type.as_str());
            includes(value, source, None, parameters).map(|found| query.include.extend(found))
        }
        "_revinclude" => {
            let target = Some(query.resource_type.as_str());
            includes(value, None, target, parameters).map(|found| query.revinclude.extend(found))
        }
        _ => return None,
    };
    Some(outcome)
}

fn invalid<T>(reason: impl Into<String>) -> Found<T> {
    Err((ProblemKind::Invalid, reason.into()))
}

fn count(value: &str) -> Found<usize> {
    value.parse().or_else(|_| {
        invalid(format!("`{value}` is not a number of resources: write a whole number from 0 up"))
    })
}

fn cursor(query: &mut Query, value: &str) -> Found<()> {
    if query.cursor.is_some() {
        return invalid("is given more than once");
    }
    query.cursor = Some(value.to_owned());
    Ok(())
}

fn summary(value: &str) -> Found<Summary> {
    Ok(match value {
        "false" => Summary::False,
        "true" => Summary::True,
        "text" => Summary::Text,
        "data" => Summary::Data,
        "count" => Summary::Count,
        _ => {
            return invalid(format!("`{value}` is not one of true, false, text, data, count"));
        }
    })
}

fn total(value: &str) -> Found<Total> {
    Ok(match value {
        "none" => Total::None,
        "estimate" => Total::Estimate,
        "accurate" => Total::Accurate,
        _ => {
            return invalid(format!("`{value}` is not one of none, estimate, accurate"));
        }
    })
}

fn elements(value: &str) -> Found<Vec<String>> {
    let names: Vec<String> = split(value, ',').into_iter().map(unescape).collect();
    let plain = |name: &String| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    match names.iter().find(|name| !plain(name)) {
        None => Ok(names),
        Some(name) => {
            invalid(format!("`{name}` is not a top-level element: write names separated by commas"))
        }
    }
}

fn sort(resource_type: &str, value: &str, parameters: &Parameters) -> Found<Vec<Sort>> {
    split(value, ',')
        .into_iter()
        .map(|key| {
            let (code, descending) = match key.strip_prefix('-') {
                Some(code) => (code, true),
                None => (key, false),
            };
            let parameter = parameters.find(resource_type, code).ok_or_else(|| {
                let reason = format!("{resource_type} cannot be sorted by `{code}`");
                (ProblemKind::Unknown, reason)
            })?;
            Ok(Sort { code: parameter.code.clone(), key: parameter.key, kind: parameter.kind, descending })
        })
        .collect()
}

/// Reads `Source:code[:Target]`, where `code` may be `*` for every reference of the source.
///
/// An include starts at the searched type and a reverse include ends there; one that does neither
/// would add nothing, so it is a problem rather than a silence.
fn includes(
    value: &str,
    from: Option<&str>,
    to: Option<&str>,
    parameters: &Parameters,
) -> Found<Vec<Include>> {
    let mut parts = value.split(':');
    let source = parts.next().unwrap_or_default();
    let Some(code) = parts.next() else {
        return invalid(format!("`{value}` does not name a reference: write Type:parameter"));
    };
    let wanted = parts.next();
    if parts.next().is_some() {
        return invalid(format!("`{value}` has too many parts: write Type:parameter:TargetType"));
    }
    if from.is_some_and(|from| from != source) || (to.is_some() && wanted.is_some() && wanted != to) {
        let reason = format!("`{value}` does not touch the type searched, so it adds nothing");
        return Err((ProblemKind::Unknown, reason));
    }
    let target = wanted.or(to);
    let found = references(source, code, target, parameters);
    if found.is_empty() {
        let aim = target.map(|target| format!(" to {target}")).unwrap_or_default();
        let reason = format!("{source} has no reference `{code}`{aim}");
        return Err((ProblemKind::Unknown, reason));
    }
    Ok(found)
}

fn references(source: &str, code: &str, target: Option<&str>, parameters: &Parameters) -> Vec<Include> {
    let leads_there = |targets: &[String]| {
        target.is_none_or(|target| targets.is_empty() || targets.iter().any(|name| name == target))
    };
    parameters
        .of(source)
        .iter()
        .filter(|parameter| parameter.kind == SearchKind::Reference)
        .filter(|parameter| code == "*" || parameter.code == code)
        .filter(|parameter| leads_there(&parameter.targets))
        .map(|parameter| Include {
            source_type: source.to_owned(),
            code: parameter.code.clone(),
            key: parameter.key,
            target_type: target.map(str::to_owned),
        })
        .collect()
}
