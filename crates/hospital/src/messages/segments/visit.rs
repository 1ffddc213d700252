use serde_json::Value;
use standards::hl7::message::{Content, Line};

use crate::messages::read::{code_of, first, id_of, items, text_at};
use crate::messages::value::{coded, moment, moment_of, number, own_number, person, place};
use crate::messages::{Event, Interface, MessageError};

/// Where a stay ended: FHIR's code for the disposition, and the code of table 0112.
const DISPOSITIONS: [(&str, &str); 8] = [
    ("home", "01"),
    ("oth", "05"),
    ("snf", "03"),
    ("aadvice", "07"),
    ("exp", "20"),
    ("hosp", "51"),
    ("rehab", "62"),
    ("psy", "65"),
];

/// What becomes of PV1 when the event has no Encounter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::messages) enum Absent {
    /// The message is about a visit and cannot be written.
    Refused,
    /// PV1 says that the message is about the person: class `N`.
    Person,
    /// It is left out.
    LeftOut,
}

/// PV1, and for admissions and their like the allergies and diagnoses that go with it.
///
/// # Errors
/// When the message is about a visit and the event has none.
pub(in crate::messages) fn visit(
    event: &Event<'_>,
    interface: &Interface,
    absent: Absent,
) -> Result<Vec<Line>, MessageError> {
    let Some(encounter) = event.encounter else {
        return match absent {
            Absent::Refused => {
                Err(MessageError::Missing { trigger: event.trigger.name, wanted: "Encounter" })
            }
            Absent::Person => Ok(vec![Line::new("PV1").with(1, "1").with(2, "N")]),
            Absent::LeftOut => Ok(Vec::new()),
        };
    };
    let mut lines = vec![segment(event, interface, encounter)];
    if matches!(event.trigger.structure, "ADT_A01" | "ADT_A03" | "ADT_A05" | "ADT_A06") {
        lines.extend(allergies(event, interface));
        lines.extend(diagnoses(event, interface, encounter));
    }
    Ok(lines)
}

fn segment(event: &Event<'_>, interface: &Interface, encounter: &Value) -> Line {
    let class = class(event, encounter);
    let places = items(encounter, "location");
    let now = places.iter().rev().find(|one| text_at(one, "status") == Some("active")).or(places.last());
    let before = places.iter().rev().find(|one| text_at(one, "status") == Some("completed"));
    let is_transfer = matches!(event.trigger.event(), "A02" | "A12");
    let at =
        |one: Option<&Value>| one.and_then(|one| one.get("location")).map(|place_of| place(event, place_of));
    let period = |end: &str| encounter.get("period").and_then(|period| text_at(period, end)).map(moment);
    let ended = period("end").or((event.trigger.event() == "A03").then(|| moment_of(event.recorded_us)));
    let stay = encounter.get("hospitalization");
    let disposition = stay.and_then(|stay| stay.get("dischargeDisposition")).and_then(code_of);
    let disposition =
        DISPOSITIONS.iter().find(|(code, _)| Some(*code) == disposition).map(|(_, number)| *number);
    let visit_number = match first(encounter, "identifier") {
        Some(identifier) => number(interface, identifier, "VN"),
        None => own_number(interface, id_of(encounter)),
    };
    Line::new("PV1")
        .with(1, "1")
        .with(2, class)
        .with(3, at(now))
        .with(6, at(before.filter(|_| is_transfer)))
        .with(7, attending(event, interface, encounter))
        .with(19, visit_number)
        .with(36, disposition)
        .with(44, period("start"))
        .with(45, ended.filter(|_| event.trigger.event() != "A13"))
}

/// Patient class (table 0004) of FHIR's class of encounter.
fn class(event: &Event<'_>, encounter: &Value) -> &'static str {
    let code = encounter.get("class").and_then(|class| text_at(class, "code"));
    match code {
        _ if event.trigger.event() == "A05" => "P",
        Some("IMP" | "ACUTE" | "NONAC" | "OBSENC") => "I",
        Some("EMER") => "E",
        Some("PRENC") => "P",
        Some(_) => "O",
        None => "U",
    }
}

fn attending(event: &Event<'_>, interface: &Interface, encounter: &Value) -> Content {
    let kind = |one: &&Value| first(one, "type").and_then(code_of) == Some("ATND");
    let participants = items(encounter, "participant");
    let chosen = participants.iter().find(kind).or(participants.first());
    let reference = chosen.and_then(|one| one.get("individual"));
    reference.map_or(Content::Empty, |reference| person(interface, event, reference))
}

fn allergies(event: &Event<'_>, interface: &Interface) -> Vec<Line> {
    let line = |(at, allergy): (usize, &Value)| {
        let kind = match items(allergy, "category").first().and_then(Value::as_str) {
            Some("medication") => "DA",
            Some("food") => "FA",
            Some("environment") => "EA",
            _ => "MA",
        };
        let severity = match first(allergy, "reaction").and_then(|reaction| text_at(reaction, "severity")) {
            Some("severe") => "SV",
            Some("moderate") => "MO",
            Some("mild") => "MI",
            _ => "U",
        };
        let reaction = first(allergy, "reaction").and_then(|reaction| first(reaction, "manifestation"));
        Line::new("AL1")
            .with(1, (at + 1).to_string())
            .with(2, kind)
            .with(3, allergy.get("code").map(|code| coded(interface, code)))
            .with(4, severity)
            .with(5, reaction.and_then(words))
    };
    event.all("AllergyIntolerance").enumerate().map(line).collect()
}

/// What people read of a concept.
fn words(concept: &Value) -> Option<&str> {
    text_at(concept, "text").or_else(|| text_at(first(concept, "coding")?, "display"))
}

fn diagnoses(event: &Event<'_>, interface: &Interface, encounter: &Value) -> Vec<Line> {
    let kind = if event.trigger.event() == "A03" { "F" } else { "A" };
    let line = |(at, reason): (usize, &Value)| {
        Line::new("DG1").with(1, (at + 1).to_string()).with(3, coded(interface, reason)).with(6, kind)
    };
    items(encounter, "reasonCode").iter().enumerate().map(line).collect()
}
