//! Reading one field of a segment.

use standards::hl7::message::Message;

/// The text of a component, from 1, of a field's first repetition; empty where nothing is written.
pub(super) fn at(message: &Message, segment: &str, field: u16, component: u16) -> String {
    let found = message.segment(segment).and_then(|segment| segment.field(field));
    let text = found.and_then(|field| field.component(component)).map(|part| part.text());
    text.unwrap_or_default()
}
