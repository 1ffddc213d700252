//! What may follow a parameter's name (FHIR R4, 3.1.1.4.4).

use super::model::Modifier;
use crate::fhir::search::kind::SearchKind;
use crate::fhir::search::parameter::{Parameters, SearchParameter};

/// Reads a modifier, or says why this parameter does not take it.
pub(super) fn read(
    parameter: &SearchParameter,
    written: &str,
    value: &str,
    parameters: &Parameters,
) -> Result<Modifier, String> {
    match (parameter.kind, written) {
        (SearchKind::Id | SearchKind::LastUpdated, _) => {}
        (_, "missing") => {
            return value
                .parse()
                .map(Modifier::Missing)
                .map_err(|_| format!("`{value}` is not one of true, false"));
        }
        (SearchKind::Reference, name) if points_to(parameter, name, parameters) => {
            return Ok(Modifier::Type(name.to_owned()));
        }
        (kind, name) => {
            if let Some(modifier) = of_kind(kind, name) {
                return Ok(modifier);
            }
        }
    }
    Err(format!(
        "the modifier `:{written}` is not supported for `{}`, which is a {} parameter and takes {}",
        parameter.code,
        parameter.kind.code(),
        parameter.kind.modifiers().unwrap_or("none")
    ))
}

fn of_kind(kind: SearchKind, written: &str) -> Option<Modifier> {
    Some(match (kind, written) {
        (SearchKind::String, "exact") => Modifier::Exact,
        (SearchKind::String, "contains") => Modifier::Contains,
        (SearchKind::Token, "not") => Modifier::Not,
        (SearchKind::Token, "text") => Modifier::Text,
        (SearchKind::Token, "of-type") => Modifier::OfType,
        (SearchKind::Token, "in") => Modifier::In,
        (SearchKind::Token, "not-in") => Modifier::NotIn,
        (SearchKind::Token | SearchKind::Uri, "above") => Modifier::Above,
        (SearchKind::Token | SearchKind::Uri, "below") => Modifier::Below,
        (SearchKind::Reference, "identifier") => Modifier::Identifier,
        _ => return None,
    })
}

fn points_to(parameter: &SearchParameter, name: &str, parameters: &Parameters) -> bool {
    if parameter.targets.is_empty() {
        return parameters.resource_types().any(|known| known == name);
    }
    parameter.targets.iter().any(|target| target == name)
}
