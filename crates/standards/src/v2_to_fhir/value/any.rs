use serde_json::{Value, json};

use super::{codes, names, places, quantities, times};
use crate::hl7::message::Part;
use crate::v2_to_fhir::condition::Field;
use crate::v2_to_fhir::draft::Drafts;
use crate::v2_to_fhir::maps::{Maps, Row};
use crate::v2_to_fhir::scope::Scope;

/// A field's value as the FHIR type `kind`; nothing where it cannot be said.
pub(in crate::v2_to_fhir) fn of_part(
    drafts: &mut Drafts,
    part: &Part<'_>,
    kind: &str,
    row: &Row,
    scope: &Scope<'_>,
) -> Option<Value> {
    let v2_type = match row.v2_type.as_str() {
        "varies" => scope.text(&Field { segment: Some("OBX".to_owned()), number: 2, component: None }),
        known => known.to_owned(),
    };
    match kind {
        "CodeableConcept" => codes::concept(part, &v2_type, &row.vocabulary),
        "Coding" => codes::coding(part, &row.vocabulary),
        "code" => codes::code(part, &row.vocabulary),
        "boolean" => match Maps::get().code("YesNoIndicator", &part.text())?.code.as_str() {
            "true" => Some(Value::from(true)),
            "false" => Some(Value::from(false)),
            _ => None,
        },
        "HumanName" => names::human_name(part, &v2_type),
        "Address" => names::address(part),
        "ContactPoint" => names::contact_point(part),
        "Identifier" => names::identifier(part, &v2_type),
        "Quantity" | "Duration" | "Age" | "SimpleQuantity" => quantities::quantity(part, &v2_type, kind),
        "Range" => quantities::range(part, &v2_type),
        "Ratio" => quantities::ratio(part),
        "Period" => times::period(part),
        "Attachment" => codes::attachment(part, &v2_type),
        "Annotation" => Some(json!({"text": all_text(part)})),
        "Reference" => reference(drafts, part, &v2_type, row),
        "Practitioner" | "Patient" | "Organization" | "Location" | "PractitionerRole" | "RelatedPerson"
        | "Device" => places::resource(drafts, part, &v2_type, kind),
        "string" | "markdown" if v2_type == "XPN" => Some(Value::from(names::written_out(part))),
        "string" | "markdown" if v2_type == "CWE" => {
            let text = [9, 2, 1].into_iter().find_map(|at| component(part, at));
            text.map(Value::from)
        }
        "string" | "markdown" | "base64Binary" if matches!(v2_type.as_str(), "FT" | "TX" | "ST") => {
            of_text(&all_text(part), kind)
        }
        plain => of_text(&part.text(), plain),
    }
}

/// A component's text, if it has any.
pub(super) fn component(part: &Part<'_>, number: u16) -> Option<String> {
    let text = part.component(number)?.text();
    (!text.is_empty() && text != "\"\"").then_some(text)
}

/// A text with what sloppy senders leave unescaped in it.
fn all_text(part: &Part<'_>) -> String {
    let pieces: Vec<String> = part.parts().map(|piece| piece.text()).collect();
    if pieces.len() > 1 { pieces.join("^") } else { part.text() }
}

/// A reference to the resource that the value stands for.
fn reference(drafts: &mut Drafts, part: &Part<'_>, v2_type: &str, row: &Row) -> Option<Value> {
    let kind = match (row.target.as_str(), v2_type) {
        ("Practitioner" | "Organization" | "Location" | "PractitionerRole" | "Device", _) => {
            row.target.as_str()
        }
        ("location", _) | (_, "PL") => "Location",
        (_, "XCN" | "CNN") => "Practitioner",
        (_, "XON" | "HD") => "Organization",
        _ => return None,
    };
    let known = places::resource(drafts, part, v2_type, kind)?;
    let at = drafts.add_with(kind, known);
    Some(drafts.reference(at))
}

/// A text as the FHIR type `kind`.
pub(in crate::v2_to_fhir) fn of_text(text: &str, kind: &str) -> Option<Value> {
    let is_allowed = |c: &char| !c.is_control() || matches!(c, '\t' | '\n' | '\r');
    let text: String = text.trim().chars().filter(is_allowed).collect();
    let text = text.as_str();
    if text.is_empty() {
        return None;
    }
    match kind {
        "string" | "markdown" | "uri" | "url" | "canonical" | "oid" | "id" => {
            let fits = matches!(kind, "string" | "markdown") || !text.contains(char::is_whitespace);
            fits.then(|| Value::from(text))
        }
        "http://hl7.org/fhirpath/System.String" => Some(Value::from(text)),
        "code" => codes::is_code(text).then(|| Value::from(text)),
        "date" | "dateTime" | "instant" | "time" => times::moment(text, kind).map(Value::from),
        "decimal" => quantities::decimal(text),
        "integer" | "positiveInt" | "unsignedInt" => quantities::whole(text, kind),
        "boolean" => text.parse::<bool>().ok().map(Value::from),
        "CodeableConcept" => Some(json!({"text": text})),
        "Identifier" => Some(json!({"value": text})),
        "Annotation" => Some(json!({"text": text})),
        "base64Binary" => Some(Value::from(codes::base64(text.as_bytes()))),
        _ => None,
    }
}
