//! One comparison of a filter.

use crate::fhir::search::kind::SearchKind;
use crate::fhir::search::parameter::SearchParameter;
use crate::fhir::search::query::condition::Condition;
use crate::fhir::search::query::model::Modifier;
use crate::fhir::search::query::reader::{Reader, Refusal, invalid};

/// How a comparison is written as a parameter.
enum Written {
    /// With this modifier, or none.
    Modifier(Option<Modifier>),
    /// With the operator as the prefix of the value.
    Prefix,
}

/// `path operator value` as a condition; each point in the path follows a reference.
pub(super) fn compare(
    reader: &Reader<'_>,
    resource_type: &str,
    path: &str,
    [operator, value]: [&str; 2],
    depth: usize,
) -> Result<Condition, Refusal> {
    reader.count()?;
    if let Some((first, rest)) = path.split_once('.') {
        let inner = |kind: &str, depth| compare(reader, kind, rest, [operator, value], depth);
        return reader.chain(resource_type, first, depth, &inner);
    }
    let parameter = reader.parameter(resource_type, path)?;
    // A filter has no lists of values and no escapes.
    let value = value.replace('\\', "\\\\").replace(',', "\\,");
    let (modifier, value) = match written(parameter, operator, &value)? {
        Written::Prefix => (None, format!("{operator}{value}")),
        Written::Modifier(modifier) => (modifier, value),
    };
    reader.criterion_of(resource_type, parameter, modifier, &value).map(Condition::Value)
}

fn written(parameter: &SearchParameter, operator: &str, value: &str) -> Result<Written, Refusal> {
    use SearchKind::{Date, LastUpdated, Number, Quantity, Reference, String, Token, Uri};
    let modifier = match (operator, parameter.kind) {
        ("pr", kind) if !matches!(kind, SearchKind::Id | LastUpdated) => match value.parse::<bool>() {
            Ok(present) => Modifier::Missing(!present),
            Err(_) => return invalid(format!("`{value}` is not one of true, false")),
        },
        (
            "eq" | "ne" | "gt" | "lt" | "ge" | "le" | "sa" | "eb" | "ap",
            Date | LastUpdated | Number | Quantity,
        ) => {
            return Ok(Written::Prefix);
        }
        ("eq", String) => Modifier::Whole,
        ("eq", _) | ("re", Reference) | ("sw", String) => return Ok(Written::Modifier(None)),
        ("ne", String | Token | Reference | Uri) => Modifier::Differs,
        ("co", String) => Modifier::Contains,
        ("ew", String) => Modifier::Ends,
        ("in", Token) => Modifier::In,
        ("ss", Token) => Modifier::Above,
        ("sb", Token | Uri) => Modifier::Below,
        _ => return refused(parameter, operator),
    };
    Ok(Written::Modifier(Some(modifier)))
}

fn refused<T>(parameter: &SearchParameter, operator: &str) -> Result<T, Refusal> {
    let (code, kind) = (&parameter.code, parameter.kind.code());
    let taken = match parameter.kind {
        SearchKind::Id | SearchKind::Composite => "eq",
        SearchKind::LastUpdated => "eq ne gt lt ge le sa eb ap",
        SearchKind::Date | SearchKind::Number | SearchKind::Quantity => "eq ne gt lt ge le sa eb ap pr",
        SearchKind::String => "eq ne co sw ew pr",
        SearchKind::Token => "eq ne in ss sb pr",
        SearchKind::Reference => "eq ne re pr",
        SearchKind::Uri => "eq ne sb pr",
    };
    invalid(format!(
        "the operator `{operator}` is not supported for `{code}`, which is a {kind} parameter and takes {taken}"
    ))
}
