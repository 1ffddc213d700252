//! Tokens (FHIR R4, 3.1.1.4.10).

use serde_json::Value;

use super::text;
use crate::fhir::search::entry::IndexValue;

/// A code, string, URI, boolean or number as it stands; `Coding`; `CodeableConcept`, each coding;
/// `Identifier` and `ContactPoint`, whose system narrows the value in the same way.
pub(super) fn values(found: &Value, add: &mut dyn FnMut(IndexValue)) {
    match found {
        Value::String(code) if !code.is_empty() => add(token(None, code)),
        Value::Bool(_) | Value::Number(_) => add(token(None, &found.to_string())),
        Value::Object(members) => {
            if let Some(codings) = members.get("coding").and_then(Value::as_array) {
                codings.iter().for_each(|coding| values(coding, add));
            } else if let Some(code) = text(found, "code").or_else(|| text(found, "value")) {
                add(token(text(found, "system"), code));
            }
        }
        _ => {}
    }
}

fn token(system: Option<&str>, code: &str) -> IndexValue {
    IndexValue::Token { system: system.map(str::to_owned), code: code.to_owned() }
}
