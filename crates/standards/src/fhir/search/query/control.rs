//! The parameters that shape the result instead of choosing resources (FHIR R4, 3.1.1.5).

use super::escape::{split, unescape};
use super::include::includes;
use super::model::{ProblemKind, Query, Sort, Summary, Total};
use super::reader::{Refusal, invalid};
use crate::fhir::search::kind::SearchKind;
use crate::fhir::search::parameter::Parameters;

type Found<T> = Result<T, Refusal>;

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
        "_include" | "_include:iterate" => {
            includes(&query.resource_type, name, value, parameters).map(|found| query.include.extend(found))
        }
        "_revinclude" | "_revinclude:iterate" => includes(&query.resource_type, name, value, parameters)
            .map(|found| query.revinclude.extend(found)),
        _ => return None,
    };
    Some(outcome)
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
            if parameter.kind == SearchKind::Composite {
                return invalid(format!(
                    "`{code}` has no order: it is made of several values; sort by one of them"
                ));
            }
            Ok(Sort { code: parameter.code.clone(), key: parameter.key, kind: parameter.kind, descending })
        })
        .collect()
}
