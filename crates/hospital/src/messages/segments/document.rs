use serde_json::Value;
use standards::hl7::message::{Content, Line};

use crate::base64::decoded;
use crate::messages::read::{code_of, first, id_of, items, text_at};
use crate::messages::value::{coded, moment_at, own_number, person};
use crate::messages::{Event, Interface, MessageError};

/// Kinds of notes: LOINC, and the code of table 0270.
const KINDS: [(&str, &str); 5] =
    [("18842-5", "DS"), ("34117-2", "HP"), ("11488-4", "CN"), ("11504-8", "OP"), ("11506-3", "PN")];

/// TXA and the text of the `DocumentReference`.
///
/// # Errors
/// When there is none.
pub(in crate::messages) fn document(
    event: &Event<'_>,
    interface: &Interface,
) -> Result<Vec<Line>, MessageError> {
    let missing = MessageError::Missing { trigger: event.trigger.name, wanted: "DocumentReference" };
    let document = event.all("DocumentReference").next().ok_or(missing)?;
    let title = document.get("type").map(|kind| coded(interface, kind));
    let content = first(document, "content").and_then(|content| content.get("attachment"));
    let text = content.and_then(|attachment| text_at(attachment, "data")).and_then(decoded);
    let text = text.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    // Withdrawn documents and those that cannot be shown have no text, and say so.
    let state = if text.is_empty() { "X" } else { "F" };
    let body = Line::new("OBX")
        .with(1, "1")
        .with(2, Some("TX").filter(|_| !text.is_empty()))
        .with(3, title)
        .with(5, text)
        .with(11, state);
    Ok(vec![header(event, interface, document), body])
}

/// TXA.
fn header(event: &Event<'_>, interface: &Interface, document: &Value) -> Line {
    let code = document.get("type").and_then(code_of);
    let kind = KINDS.iter().find(|(loinc, _)| Some(*loinc) == code).map_or("PN", |(_, kind)| *kind);
    let authors = items(document, "author").iter().map(|author| person(interface, event, author));
    let completion = match text_at(document, "docStatus") {
        Some("preliminary") => "IP",
        Some("final" | "amended") => "AU",
        _ => "DO",
    };
    let availability = match text_at(document, "status") {
        Some("superseded") => "OB",
        Some("entered-in-error") => "CA",
        _ => "AV",
    };
    Line::new("TXA")
        .with(1, "1")
        .with(2, kind)
        .with(3, "TX")
        .with(4, moment_at(document, "date"))
        .with(9, Content::repetitions(authors))
        .with(12, own_number(interface, id_of(document)))
        .with(17, completion)
        .with(19, availability)
}
