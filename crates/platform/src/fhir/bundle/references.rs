//! References that only make sense inside a transaction, written out as real ones.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use standards::fhir::outcome::IssueCode;
use store::sandbox::Change;

use crate::fhir::context::Context;
use crate::fhir::create::the_one;
use crate::fhir::error::{FhirError, Refusal};

/// Texts to replace, and by what: `urn:uuid:...` by `Patient/123`.
pub(crate) type Replacements = BTreeMap<String, String>;

/// The conditional references of a body: `Patient?identifier=...`.
pub(super) fn conditional(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            let reference = members.get("reference").and_then(Value::as_str);
            found.extend(reference.filter(|reference| is_conditional(reference)).map(str::to_owned));
            members.values().for_each(|member| conditional(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| conditional(item, found)),
        _ => {}
    }
}

/// `Patient?identifier=http://hospital.example|7`; an absolute address with a query is none.
fn is_conditional(reference: &str) -> bool {
    let kind = reference.split_once('?').map(|(kind, _)| kind);
    kind.is_some_and(|kind| !kind.is_empty() && kind.bytes().all(|letter| letter.is_ascii_alphabetic()))
}

/// The one resource a conditional reference stands for.
pub(super) fn resolve(
    context: &Context<'_>,
    change: &Change<'_>,
    reference: &str,
) -> Result<String, FhirError> {
    let (kind, condition) = reference.split_once('?').unwrap_or((reference, ""));
    match the_one(context, change, kind, condition)? {
        Some(stored) => Ok(format!("{kind}/{}", stored.id)),
        None => {
            let what = format!("no {kind} meets the conditional reference '{reference}'");
            Err(FhirError::new(Refusal::Ambiguous, IssueCode::NotFound, what))
        }
    }
}

/// `source` with every JSON string that is a key of `replacements` replaced whole; all other bytes stay. So do names, and
/// members called `value`: an identifier may be the same UUID, and is no address (R4, 3.1.0.11.2).
pub(crate) fn replace(source: &str, replacements: &Replacements) -> String {
    let mut text = String::with_capacity(source.len() + 64);
    let mut rest = source;
    let mut name = "";
    while let Some(open) = rest.find('"') {
        let (before, string) = rest.split_at(open + 1);
        text += before;
        let (inner, after) = string.split_at(end_of_string(string));
        rest = after;
        if after.trim_start_matches('"').trim_start().starts_with(':') {
            name = inner;
            text += inner;
        } else {
            let replacement = if name == "value" { None } else { find(inner, replacements) };
            text += replacement.unwrap_or(inner);
        }
        if let Some(after) = rest.strip_prefix('"') {
            text.push('"');
            rest = after;
        }
    }
    text + rest
}

/// What a string as it stands in JSON is replaced by; it may be written with escapes.
fn find<'a>(inner: &str, replacements: &'a Replacements) -> Option<&'a str> {
    let found = match inner.contains('\\') {
        true => replacements.get(&serde_json::from_str::<String>(&format!("\"{inner}\"")).ok()?),
        false => replacements.get(inner),
    };
    found.map(String::as_str)
}

/// Where the string that starts `text` ends: at its closing quotation mark.
fn end_of_string(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() && bytes[at] != b'"' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at.min(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_strings_are_replaced() {
        let replacements = Replacements::from([("urn:uuid:1".to_owned(), "Patient/a".to_owned())]);
        let cases = [
            (r#"{"reference": "urn:uuid:1"}"#, r#"{"reference": "Patient/a"}"#),
            (r#"{"text": "see urn:uuid:1"}"#, r#"{"text": "see urn:uuid:1"}"#),
            (r#"{"a": "\"urn:uuid:1\"", "b":"urn:uuid:1"}"#, r#"{"a": "\"urn:uuid:1\"", "b":"Patient/a"}"#),
            (r#"{"é": "ü\\", "b":"urn:uuid:1"}"#, r#"{"é": "ü\\", "b":"Patient/a"}"#),
            (r#"{"b" : "urn:\u0075uid:1"}"#, r#"{"b" : "Patient/a"}"#),
            (r#"{"urn:uuid:1" : ["urn:uuid:1"]}"#, r#"{"urn:uuid:1" : ["Patient/a"]}"#),
            (r#"{"value": "urn:uuid:1", "b": "urn:uuid:1"}"#, r#"{"value": "urn:uuid:1", "b": "Patient/a"}"#),
        ];
        for (source, expected) in cases {
            assert_eq!(replace(source, &replacements), expected);
        }
    }
}
