use serde_json::Value;
use standards::hl7::message::{Content, Line};

use crate::messages::read::{first, id_of, items, text_at};
use crate::messages::value::{coded, moment_at, own_number, person, shown_person};
use crate::messages::{Event, Interface, MessageError};

/// ORC, OBR and notes of every `ServiceRequest`.
///
/// # Errors
/// When there is none.
pub(in crate::messages) fn orders(
    event: &Event<'_>,
    interface: &Interface,
) -> Result<Vec<Line>, MessageError> {
    let orders: Vec<&Value> = event.all("ServiceRequest").collect();
    if orders.is_empty() {
        return Err(MessageError::Missing { trigger: event.trigger.name, wanted: "ServiceRequest" });
    }
    let mut lines = Vec::new();
    for (at, order) in orders.into_iter().enumerate() {
        lines.push(common(event, interface, order, control(order)));
        // ORM has no TQ1; there, and before version 2.5, the priority stands in OBR-27.
        let timed = interface.speaks("2.5") && event.trigger.code() != "ORM";
        lines.extend(timed.then(|| timing(order)));
        lines.push(request(event, interface, order, at + 1, !timed));
        lines.extend(notes(order));
    }
    Ok(lines)
}

/// What an order wants (table 0119), by its state.
pub(super) fn control(order: &Value) -> &'static str {
    match text_at(order, "status") {
        Some("active" | "draft") => "NW",
        Some("revoked" | "entered-in-error" | "cancelled") => "CA",
        Some("stopped") => "DC",
        Some("on-hold") => "HD",
        _ => "SC",
    }
}

/// ORC.
pub(super) fn common(event: &Event<'_>, interface: &Interface, order: &Value, control: &str) -> Line {
    let state = match text_at(order, "status") {
        Some("completed") => Some("CM"),
        Some("on-hold") => Some("HD"),
        Some("active") if control == "SC" => Some("IP"),
        _ => None,
    };
    Line::new("ORC")
        .with(1, control)
        .with(2, own_number(interface, id_of(order)))
        .with(5, state)
        .with(9, moment_at(order, "authoredOn"))
        .with(10, shown_person(Some(event.author)))
        .with(12, requester(event, interface, order))
}

/// Who ordered it.
pub(super) fn requester(event: &Event<'_>, interface: &Interface, order: &Value) -> Content {
    order.get("requester").map_or(Content::Empty, |requester| person(interface, event, requester))
}

/// TQ1: how soon.
pub(super) fn timing(order: &Value) -> Line {
    Line::new("TQ1").with(1, "1").with(9, priority(order))
}

/// How soon (table 0485).
fn priority(order: &Value) -> &'static str {
    match text_at(order, "priority") {
        Some("stat") => "S",
        Some("asap" | "urgent") => "A",
        _ => "R",
    }
}

fn request(
    event: &Event<'_>,
    interface: &Interface,
    order: &Value,
    number: usize,
    prioritised: bool,
) -> Line {
    let reason = first(order, "reasonCode");
    let mut line = Line::new("OBR")
        .with(1, number.to_string())
        .with(2, own_number(interface, id_of(order)))
        .with(4, order.get("code").map(|code| coded(interface, code)))
        .with(7, moment_at(order, "occurrenceDateTime"))
        .with(16, requester(event, interface, order))
        .with(31, reason.map(|reason| coded(interface, reason)));
    if prioritised {
        let empty = || Content::Empty;
        line = line.with(27, [empty(), empty(), empty(), empty(), empty(), priority(order).into()]);
    }
    line
}

/// NTE of every note.
pub(super) fn notes(resource: &Value) -> Vec<Line> {
    let texts = items(resource, "note").iter().filter_map(|note| text_at(note, "text"));
    let line = |(at, text): (usize, &str)| Line::new("NTE").with(1, (at + 1).to_string()).with(3, text);
    texts.enumerate().map(line).collect()
}
