use serde_json::{Map, Value, json};

use super::any::component;
use crate::hl7::message::Part;
use crate::v2_to_fhir::maps::{Code, Maps};

/// Names of code systems in v2 (table 0396) and their addresses in FHIR. CPT is not among them: its codes are not ours to
/// carry, so they stay under their local name.
const SYSTEMS: &[(&str, &str)] = &[
    ("LN", "http://loinc.org"),
    ("SCT", "http://snomed.info/sct"),
    ("I10", "http://hl7.org/fhir/sid/icd-10"),
    ("I10C", "http://hl7.org/fhir/sid/icd-10-cm"),
    ("ICD10", "http://hl7.org/fhir/sid/icd-10-cm"),
    ("I9C", "http://hl7.org/fhir/sid/icd-9-cm"),
    ("RXNORM", "http://www.nlm.nih.gov/research/umls/rxnorm"),
    ("CVX", "http://hl7.org/fhir/sid/cvx"),
    ("MVX", "http://hl7.org/fhir/sid/mvx"),
    ("NDC", "http://hl7.org/fhir/sid/ndc"),
    ("UCUM", "http://unitsofmeasure.org"),
    ("CDCREC", "urn:oid:2.16.840.1.113883.6.238"),
    ("ISO639", "urn:ietf:bcp:47"),
];

/// The address of a code system that v2 knows by a name. A name that nobody has registered becomes `urn:id:NAME`, so that
/// a local code stays recognisable as local.
pub(in crate::v2_to_fhir) fn system_named(name: &str) -> String {
    if let Some((_, address)) = SYSTEMS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
        return (*address).to_owned();
    }
    let table = name
        .strip_prefix("HL7")
        .filter(|digits| digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()));
    if let Some(digits) = table {
        return format!("http://terminology.hl7.org/CodeSystem/v2-{digits}");
    }
    if name.contains("://") || name.starts_with("urn:") {
        return name.to_owned();
    }
    let name: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "-._".contains(c) { c } else { '_' }).collect();
    format!("urn:id:{name}")
}

/// Whether FHIR takes a text as a code (R4, 2.24.0.1): no blanks but single ones within.
pub(super) fn is_code(text: &str) -> bool {
    !text.is_empty() && text.split(' ').all(|word| !word.is_empty() && !word.contains(char::is_whitespace))
}

/// A coding of the parts with these numbers: code, display, system, version.
fn coding_at(part: &Part<'_>, [code, display, system, version]: [u16; 4]) -> Option<Value> {
    let mut coding = Map::new();
    let code = component(part, code).filter(|code| is_code(code));
    let text = component(part, display);
    if code.is_none() && (text.is_none() || display != 2) {
        return None;
    }
    if let Some(code) = code {
        if let Some(system) = component(part, system) {
            coding.insert("system".to_owned(), Value::from(system_named(&system)));
        }
        coding.insert("code".to_owned(), Value::from(code));
    } else {
        return None;
    }
    if let Some(text) = text {
        coding.insert("display".to_owned(), Value::from(text));
    }
    if let Some(version) = component(part, version) {
        coding.insert("version".to_owned(), Value::from(version));
    }
    Some(Value::Object(coding))
}

fn mapped(code: &Code) -> Value {
    let mut coding = Map::new();
    if !code.system.is_empty() {
        coding.insert("system".to_owned(), Value::from(code.system.trim()));
    }
    coding.insert("code".to_owned(), Value::from(code.code.as_str()));
    if !code.display.is_empty() {
        coding.insert("display".to_owned(), Value::from(code.display.as_str()));
    }
    Value::Object(coding)
}

/// A CWE, CE, CNE, or one of the types with a code alone. A code that the map has comes first, and what was sent after it,
/// where that says more.
pub(super) fn concept(part: &Part<'_>, v2_type: &str, vocabulary: &str) -> Option<Value> {
    if matches!(v2_type, "ST" | "TX" | "FT") && vocabulary.is_empty() {
        return super::of_text(&part.text(), "CodeableConcept");
    }
    let mut codings = Vec::new();
    if let Some(code) = component(part, 1).and_then(|code| Maps::get().code(vocabulary, &code)) {
        codings.push(mapped(code));
    }
    for at in [[1, 2, 3, 7], [4, 5, 6, 8], [10, 11, 12, 13]] {
        let Some(coding) = coding_at(part, at) else { continue };
        let known =
            codings.iter().any(|other| other["code"] == coding["code"] && coding.get("system").is_none());
        if !known && !codings.contains(&coding) {
            codings.push(coding);
        }
    }
    let text = component(part, 9).or_else(|| component(part, 2));
    let mut concept = Map::new();
    if !codings.is_empty() {
        concept.insert("coding".to_owned(), Value::from(codings));
    }
    if let Some(text) = text {
        concept.insert("text".to_owned(), Value::from(text));
    }
    (!concept.is_empty()).then_some(Value::Object(concept))
}

/// One coding, mapped where the map has the code.
pub(super) fn coding(part: &Part<'_>, vocabulary: &str) -> Option<Value> {
    let code = component(part, 1)?;
    match Maps::get().code(vocabulary, &code) {
        Some(code) => Some(mapped(code)),
        None => coding_at(part, [1, 2, 3, 7]),
    }
}

/// A code alone. With a map, only what the map has: an element that takes a code takes no other.
pub(super) fn code(part: &Part<'_>, vocabulary: &str) -> Option<Value> {
    let text = if vocabulary.starts_with("Event[") { component(part, 2) } else { component(part, 1) };
    let text = text.or_else(|| component(part, 4))?;
    if vocabulary.is_empty() {
        return is_code(&text).then(|| Value::from(text));
    }
    Maps::get().code(vocabulary, &text).map(|code| Value::from(code.code.as_str()))
}

/// An ED (encapsulated data) or RP (reference pointer).
pub(super) fn attachment(part: &Part<'_>, v2_type: &str) -> Option<Value> {
    let media = match (component(part, 2), component(part, 3)) {
        (_, Some(sub)) if sub.contains('/') => Some(sub),
        (Some(main), Some(sub)) => Some(format!("{}/{}", main.to_lowercase(), sub.to_lowercase())),
        _ => None,
    };
    let mut attachment = json!({});
    if let Some(media) = media.filter(|media| is_code(media)) {
        attachment["contentType"] = Value::from(media);
    }
    if v2_type == "RP" {
        attachment["url"] = Value::from(component(part, 1).filter(|url| !url.contains(char::is_whitespace))?);
        return Some(attachment);
    }
    let data = component(part, 5)?;
    let is_base64 = component(part, 4).is_some_and(|encoding| encoding.eq_ignore_ascii_case("Base64"));
    attachment["data"] =
        Value::from(if is_base64 { data.split_whitespace().collect() } else { base64(data.as_bytes()) });
    Some(attachment)
}

/// Base 64 (RFC 4648, section 4).
pub(super) fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits =
            chunk.iter().enumerate().fold(0_u32, |bits, (at, byte)| bits | u32::from(*byte) << (16 - 8 * at));
        for at in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * at) & 63) as usize];
            text.push(if at <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    text
}
