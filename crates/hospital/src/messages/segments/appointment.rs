use serde_json::Value;
use standards::hl7::message::{Content, Line};

use crate::messages::read::{first, id_of, items, number_at, text_at};
use crate::messages::value::{coded, moment_at, own_number, person, place, shown_person};
use crate::messages::{Event, Interface, MessageError};

/// SCH, then the patient, then the group of what is booked: service, place, persons.
///
/// # Errors
/// When the event has no Appointment.
pub(in crate::messages) fn appointments(
    event: &Event<'_>,
    interface: &Interface,
    patient: Vec<Line>,
) -> Result<Vec<Line>, MessageError> {
    let missing = MessageError::Missing { trigger: event.trigger.name, wanted: "Appointment" };
    let appointment = event.all("Appointment").next().ok_or(missing)?;
    let mut lines = vec![schedule(event, interface, appointment)];
    lines.extend(patient);
    lines.push(Line::new("RGS").with(1, "1").with(2, action(event)));
    let service = first(appointment, "serviceType").or_else(|| appointment.get("appointmentType"));
    if let Some(service) = service {
        let line = Line::new("AIS").with(1, "1").with(2, action(event)).with(3, coded(interface, service));
        lines.push(line.with(4, moment_at(appointment, "start")));
    }
    lines.extend(participants(appointment, "Location", |actor| place(event, actor), "AIL"));
    lines.extend(participants(appointment, "Practitioner", |actor| person(interface, event, actor), "AIP"));
    Ok(lines)
}

/// What the receiver is to do (table 0206).
fn action(event: &Event<'_>) -> &'static str {
    match event.trigger.event() {
        "S12" => "A",
        "S15" => "D",
        _ => "U",
    }
}

fn schedule(event: &Event<'_>, interface: &Interface, appointment: &Value) -> Line {
    let own = own_number(interface, id_of(appointment));
    let kind = appointment.get("appointmentType").map(|kind| coded(interface, kind));
    let reason = first(appointment, "reasonCode").map(|reason| coded(interface, reason));
    let minutes = number_at(appointment, "minutesDuration");
    let minute = minutes.is_some().then(|| Content::from(["min", "minute", "UCUM"]));
    let [start, end] = ["start", "end"].map(|member| moment_at(appointment, member));
    let times = [Content::Empty, Content::Empty, Content::Empty, start, end];
    let clerk = || shown_person(Some(event.author));
    Line::new("SCH")
        .with(1, own.clone())
        .with(2, own)
        .with(6, [event.trigger.event(), event.trigger.title, "HL70003"])
        .with(7, reason)
        .with(8, kind)
        .with(9, minutes)
        .with(10, minute)
        // Where and when stand in SCH-11 until it was withdrawn; AIS-4 says it too.
        .with(11, if interface.speaks("2.7") { Content::Empty } else { times.into() })
        .with(16, clerk())
        .with(20, clerk())
        .with(25, [state(appointment), "", "HL70278"])
}

/// State of an appointment (table 0278).
fn state(appointment: &Value) -> &'static str {
    match text_at(appointment, "status") {
        Some("cancelled" | "entered-in-error") => "Cancelled",
        Some("fulfilled") => "Complete",
        Some("noshow") => "Noshow",
        Some("proposed" | "pending") => "Pending",
        Some("waitlist") => "Waitlist",
        Some("arrived" | "checked-in") => "Started",
        _ => "Booked",
    }
}

/// One segment for every participant of a type.
fn participants(
    appointment: &Value,
    kind: &str,
    written: impl Fn(&Value) -> Content,
    segment: &'static str,
) -> Vec<Line> {
    let start = format!("{kind}/");
    let actors = items(appointment, "participant").iter().filter_map(|one| one.get("actor"));
    let fitting =
        actors.filter(|actor| text_at(actor, "reference").is_some_and(|text| text.starts_with(&start)));
    let line = |(at, actor): (usize, &Value)| {
        Line::new(segment).with(1, (at + 1).to_string()).with(3, written(actor))
    };
    fitting.enumerate().map(line).collect()
}
