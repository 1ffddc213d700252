use serde_json::Value;
use standards::hl7::message::{Content, Line};

use crate::ehr::reference_id;
use crate::messages::read::{code_of, first, id_of, items, number_at, text_at};
use crate::messages::segments::order::notes;
use crate::messages::value::{coded, moment_at, own_number, person, unit};
use crate::messages::{Event, Interface, MessageError};

/// ORC, OBR and the OBX of every `DiagnosticReport`.
///
/// # Errors
/// When there is none.
pub(in crate::messages) fn results(
    event: &Event<'_>,
    interface: &Interface,
) -> Result<Vec<Line>, MessageError> {
    let reports: Vec<&Value> = event.all("DiagnosticReport").collect();
    if reports.is_empty() {
        return Err(MessageError::Missing { trigger: event.trigger.name, wanted: "DiagnosticReport" });
    }
    let mut lines = Vec::new();
    for (at, report) in reports.into_iter().enumerate() {
        let order = first(report, "basedOn");
        let placer = order.and_then(|order| reference_id(order, "ServiceRequest"));
        let placer = placer.map(|id| own_number(interface, id));
        let filler = own_number(interface, id_of(report));
        lines.push(Line::new("ORC").with(1, "RE").with(2, placer.clone()).with(3, filler.clone()));
        let ordered = order.and_then(|order| event.follow(order, "ServiceRequest"));
        let requester = ordered.and_then(|order| order.get("requester"));
        lines.push(
            Line::new("OBR")
                .with(1, (at + 1).to_string())
                .with(2, placer)
                .with(3, filler)
                .with(4, report.get("code").map(|code| coded(interface, code)))
                .with(7, moment_at(report, "effectiveDateTime"))
                .with(16, requester.map(|requester| person(interface, event, requester)))
                .with(22, moment_at(report, "issued"))
                .with(24, first(report, "category").and_then(code_of).filter(|code| code.len() <= 3))
                .with(25, report_state(report)),
        );
        lines.extend(observations(event, interface, report));
    }
    Ok(lines)
}

/// State of a report (table 0123).
fn report_state(report: &Value) -> &'static str {
    match text_at(report, "status") {
        Some("final") => "F",
        Some("amended" | "corrected" | "appended") => "C",
        Some("cancelled" | "entered-in-error") => "X",
        Some("registered") => "O",
        _ => "P",
    }
}

/// State of a result (table 0085).
fn result_state(observation: &Value) -> &'static str {
    match text_at(observation, "status") {
        Some("final") => "F",
        Some("amended" | "corrected") => "C",
        Some("cancelled") => "X",
        Some("entered-in-error") => "W",
        Some("registered") => "I",
        _ => "P",
    }
}

fn observations(event: &Event<'_>, interface: &Interface, report: &Value) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut number = 0;
    let mut push = |line: Option<Line>, lines: &mut Vec<Line>| {
        if let Some(line) = line {
            number += 1;
            lines.push(line.with(1, number.to_string()));
        }
    };
    for observation in items(report, "result").iter().filter_map(|result| event.follow(result, "Observation"))
    {
        push(single(interface, observation, observation, ""), &mut lines);
        for (at, component) in items(observation, "component").iter().enumerate() {
            push(single(interface, observation, component, &(at + 1).to_string()), &mut lines);
        }
        lines.extend(notes(observation));
    }
    let words = text_at(report, "conclusion").map(|words| {
        let code = report.get("code").map(|code| coded(interface, code));
        Line::new("OBX").with(2, "TX").with(3, code).with(5, words).with(11, report_state(report))
    });
    push(words, &mut lines);
    lines
}

/// OBX of an observation or of one of its components; none where it has no value and says no reason.
fn single(interface: &Interface, observation: &Value, part: &Value, sub_id: &str) -> Option<Line> {
    let state = result_state(observation);
    let (kind, value, measured) = match value(interface, part) {
        Some(found) => found,
        None if part.get("dataAbsentReason").is_some() || matches!(state, "X" | "I") => {
            ("", Content::Empty, None)
        }
        None => return None,
    };
    let state = if kind.is_empty() && state != "I" { "X" } else { state };
    let flags = items(part, "interpretation").iter().filter_map(code_of);
    let line = Line::new("OBX")
        .with(2, kind)
        .with(3, part.get("code").map(|code| coded(interface, code)))
        .with(4, sub_id)
        .with(5, value)
        .with(6, measured.map(|quantity| unit(interface, quantity)))
        .with(7, first(part, "referenceRange").and_then(range))
        .with(8, Content::repetitions(flags))
        .with(11, state)
        .with(14, moment_at(observation, "effectiveDateTime"));
    Some(line)
}

/// OBX-2 and OBX-5 of what was found, and the quantity if it is one.
fn value<'a>(interface: &Interface, part: &'a Value) -> Option<(&'static str, Content, Option<&'a Value>)> {
    if let Some(quantity) = part.get("valueQuantity") {
        let number = number_at(quantity, "value")?;
        return Some(match text_at(quantity, "comparator") {
            Some(sign) => ("SN", [sign.to_owned(), number].into(), Some(quantity)),
            None => ("NM", number.into(), Some(quantity)),
        });
    }
    if let Some(concept) = part.get("valueCodeableConcept") {
        let kind = if interface.speaks("2.6") { "CWE" } else { "CE" };
        return Some((kind, coded(interface, concept), None));
    }
    if let Some(text) = text_at(part, "valueString") {
        return Some((if text.contains('\n') { "TX" } else { "ST" }, text.into(), None));
    }
    if let Some(number) = number_at(part, "valueInteger") {
        return Some(("NM", number.into(), None));
    }
    if let Some(yes) = part.get("valueBoolean").and_then(Value::as_bool) {
        return Some(("ST", if yes { "yes" } else { "no" }.into(), None));
    }
    let kind = if interface.speaks("2.6") { "DTM" } else { "TS" };
    text_at(part, "valueDateTime").map(|_| (kind, moment_at(part, "valueDateTime"), None))
}

/// OBX-7: `3.5-5.1`, `<5`, `>60`, or as the laboratory wrote it.
fn range(range: &Value) -> Option<String> {
    let end = |member: &str| range.get(member).and_then(|quantity| number_at(quantity, "value"));
    match (end("low"), end("high")) {
        (Some(low), Some(high)) => Some(format!("{low}-{high}")),
        (Some(low), None) => Some(format!(">{low}")),
        (None, Some(high)) => Some(format!("<{high}")),
        (None, None) => text_at(range, "text").map(str::to_owned),
    }
}
