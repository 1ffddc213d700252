use serde_json::Value;
use standards::hl7::message::{Content, Line};

use crate::messages::read::{first, id_of, number_at, text_at};
use crate::messages::value::{coded, moment_at, own_number, person, unit};
use crate::messages::{Event, Interface, MessageError};

/// What registries take for an amount that is not known.
const UNKNOWN_AMOUNT: &str = "999";

/// ORC, RXA and RXR of every `Immunization`.
///
/// # Errors
/// When there is none.
pub(in crate::messages) fn vaccinations(
    event: &Event<'_>,
    interface: &Interface,
) -> Result<Vec<Line>, MessageError> {
    let vaccinations: Vec<&Value> = event.all("Immunization").collect();
    if vaccinations.is_empty() {
        return Err(MessageError::Missing { trigger: event.trigger.name, wanted: "Immunization" });
    }
    let mut lines = Vec::new();
    for vaccination in vaccinations {
        let ordered = Line::new("ORC").with(1, "RE").with(3, own_number(interface, id_of(vaccination)));
        lines.extend(interface.speaks("2.5").then_some(ordered));
        lines.push(given(event, interface, vaccination));
        let route = vaccination.get("route").map(|route| coded(interface, route));
        let site = vaccination.get("site").map(|site| coded(interface, site));
        lines.extend(route.map(|route| Line::new("RXR").with(1, route).with(2, site)));
    }
    Ok(lines)
}

/// RXA.
fn given(event: &Event<'_>, interface: &Interface, vaccination: &Value) -> Line {
    let dose = vaccination.get("doseQuantity");
    let amount = dose.and_then(|dose| number_at(dose, "value")).unwrap_or_else(|| UNKNOWN_AMOUNT.to_owned());
    let primary = vaccination.get("primarySource").and_then(Value::as_bool) == Some(true);
    // The source of the record (table NIP001): given here, or told.
    let source = if primary {
        ["00", "New immunization record", "NIP001"]
    } else {
        ["01", "Historical information", "NIP001"]
    };
    let performer = first(vaccination, "performer").and_then(|performer| performer.get("actor"));
    let maker = vaccination.get("manufacturer").and_then(|maker| text_at(maker, "display"));
    let state = match text_at(vaccination, "status") {
        Some("completed") => "CP",
        Some("not-done") => "NA",
        _ => "PA",
    };
    let action = if text_at(vaccination, "status") == Some("entered-in-error") { "D" } else { "A" };
    Line::new("RXA")
        .with(1, "0")
        .with(2, "1")
        .with(3, moment_at(vaccination, "occurrenceDateTime"))
        .with(4, moment_at(vaccination, "occurrenceDateTime"))
        .with(5, vaccination.get("vaccineCode").map(|vaccine| coded(interface, vaccine)))
        .with(6, amount)
        .with(7, dose.map(|dose| unit(interface, dose)))
        .with(9, source)
        .with(10, performer.map(|performer| person(interface, event, performer)))
        .with(15, text_at(vaccination, "lotNumber"))
        .with(17, maker.map(|maker| Content::from([Content::Empty, maker.into()])))
        .with(20, state)
        .with(21, action)
}
