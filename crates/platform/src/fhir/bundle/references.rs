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
            if let Some(reference) = members.get("reference").and_then(Value::as_str)
                && reference.contains('?')
                && !reference.contains(':')
            {
                found.insert(reference.to_owned());
            }
            members.values().for_each(|member| conditional(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| conditional(item, found)),
        _ => {}
    }
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

/// `source` with every JSON string that is a key of `replacements` replaced whole; all other bytes stay.
pub(crate) fn replace(source: &str, replacements: &Replacements) -> String {
    let mut text = String::with_capacity(source.len() + 64);
    let mut rest = source;
    while let Some(open) = rest.find('"') {
        let (before, string) = rest.split_at(open + 1);
        text += before;
        let end = end_of_string(string);
        let inner = &string[..end];
        text += replacements.get(inner).map_or(inner, String::as_str);
        rest = &string[end..];
        if let Some(after) = rest.strip_prefix('"') {
            text.push('"');
            rest = after;
        }
    }
    text + rest
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
        ];
        for (source, expected) in cases {
            assert_eq!(replace(source, &replacements), expected);
        }
    }
}
