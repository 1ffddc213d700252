use serde_json::Value;
use standards::hl7::message::{Content, Line};

use crate::messages::read::{code_of, first, id_of, number_at, text_at};
use crate::messages::segments::order::{common, control, timing};
use crate::messages::value::{coded, unit};
use crate::messages::{Event, Interface, MessageError};

/// Routes as the EHR writes them, and their code in table 0162.
const ROUTES: [(&str, &str, &str); 7] = [
    ("oral", "PO", "Oral"),
    ("intravenous", "IV", "Intravenous"),
    ("subcutaneous", "SC", "Subcutaneous"),
    ("intramuscular", "IM", "Intramuscular"),
    ("inhaled", "IH", "Inhalation"),
    ("topical", "TP", "Topical"),
    ("rectal", "PR", "Rectal"),
];

/// ORC, RXE and RXR of every `MedicationRequest`.
///
/// # Errors
/// When there is none.
pub(in crate::messages) fn prescriptions(
    event: &Event<'_>,
    interface: &Interface,
) -> Result<Vec<Line>, MessageError> {
    let orders: Vec<&Value> = event.all("MedicationRequest").collect();
    if orders.is_empty() {
        return Err(MessageError::Missing { trigger: event.trigger.name, wanted: "MedicationRequest" });
    }
    let mut lines = Vec::new();
    for order in orders {
        lines.push(common(event, interface, order, control(order)));
        lines.extend(interface.speaks("2.5").then(|| timing(order)));
        lines.push(encoded(interface, order));
        lines.push(Line::new("RXR").with(1, route(interface, order)));
    }
    Ok(lines)
}

/// RXE: what is to be given, and how much of it where the dose is more than words.
fn encoded(interface: &Interface, order: &Value) -> Line {
    let dosage = first(order, "dosageInstruction");
    let dose =
        dosage.and_then(|dosage| first(dosage, "doseAndRate")).and_then(|rate| rate.get("doseQuantity"));
    let words = dosage.and_then(|dosage| text_at(dosage, "text"));
    let medicine = order.get("medicationCodeableConcept").map(|medicine| coded(interface, medicine));
    Line::new("RXE")
        .with(2, medicine)
        .with(3, dose.and_then(|dose| number_at(dose, "value")))
        .with(5, dose.map(|dose| unit(interface, dose)))
        .with(7, [Content::Empty, words.into()])
        .with(15, id_of(order))
}

/// How it is given; `OTH` where the order does not say.
fn route(interface: &Interface, order: &Value) -> Content {
    let Some(route) = first(order, "dosageInstruction").and_then(|dosage| dosage.get("route")) else {
        return ["OTH", "Other/Miscellaneous", "HL70162"].into();
    };
    match ROUTES.iter().find(|(own, ..)| code_of(route) == Some(*own)) {
        Some((_, code, words)) => [*code, *words, "HL70162"].into(),
        None => coded(interface, route),
    }
}
