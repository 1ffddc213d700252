//! Codes of required bindings (FHIR R4, 4.1.5).

use serde_json::{Map, Value};

use crate::fhir::definitions::CodeSet;

/// Checks a code, `Coding` or `CodeableConcept`; an error says what is wrong with it.
pub(super) fn check(codes: &CodeSet, kind: &str, value: &Value) -> Result<(), String> {
    match (kind, value) {
        ("code", Value::String(code)) if !codes.has_code(code) => Err(refusal(codes, code)),
        ("Coding", Value::Object(coding)) if !allowed(codes, coding) => Err(refusal(codes, &shown(coding))),
        ("CodeableConcept", Value::Object(concept)) => check_concept(codes, concept),
        _ => Ok(()),
    }
}

fn check_concept(codes: &CodeSet, concept: &Map<String, Value>) -> Result<(), String> {
    let codings = || concept.get("coding").and_then(Value::as_array).into_iter().flatten();
    let objects = || codings().filter_map(Value::as_object);
    // An extension may say why there is no code.
    let excused = concept.contains_key("extension") && codings().next().is_none();
    if excused || objects().any(|coding| allowed(codes, coding)) {
        return Ok(());
    }
    let shown: Vec<String> = objects().map(shown).collect();
    match shown.is_empty() {
        true => Err(refusal(codes, "a concept without a coding")),
        false => Err(refusal(codes, &shown.join(", "))),
    }
}

fn allowed(codes: &CodeSet, coding: &Map<String, Value>) -> bool {
    let text = |name: &str| coding.get(name).and_then(Value::as_str);
    let (Some(system), Some(code)) = (text("system"), text("code")) else { return false };
    codes.has_coding(system, code)
}

fn shown(coding: &Map<String, Value>) -> String {
    let text = |name: &str| coding.get(name).and_then(Value::as_str).unwrap_or_default();
    format!("{}|{}", text("system"), text("code"))
}

/// The most codes that a message lists.
const LISTED_MAX: usize = 12;

fn refusal(codes: &CodeSet, found: &str) -> String {
    let known: Vec<&str> = codes.codings().map(|(_, code)| code).take(LISTED_MAX + 1).collect();
    match known.len() > LISTED_MAX {
        true => format!("`{found}` is not in the required value set {}", codes.url),
        false => format!("`{found}` is not one of {} (value set {})", known.join(", "), codes.url),
    }
}
