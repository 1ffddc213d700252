//! What a system's records say, as the resources that messages are written from.

use serde_json::{Value, json};

use super::belief::Belief;
use super::orders::{Order, OrderKind, OrderState};
use crate::codes::{LOINC, RXNORM};
use crate::population::MRN_SYSTEM;

/// The Patient that a belief is about. The first given name is the given name; the others are middle names.
pub(super) fn person(belief: &Belief) -> Value {
    let [street, city, state, postal_code] = &belief.address;
    let gender = match belief.sex.as_str() {
        "F" => "female",
        "M" => "male",
        "O" => "other",
        _ => "unknown",
    };
    json!({
        "resourceType": "Patient",
        "identifier": [{"system": MRN_SYSTEM, "value": belief.mrn}],
        "name": [{"family": belief.family, "given": belief.given.split(' ').collect::<Vec<_>>()}],
        "gender": gender,
        "birthDate": date(&belief.birth_date),
        "address": [{"line": [street], "city": city, "state": state, "postalCode": postal_code}],
        "telecom": [{"system": "phone", "value": belief.phone}],
    })
}

/// `YYYYMMDD` with the dashes that FHIR has.
fn date(plain: &str) -> String {
    match (plain.get(..4), plain.get(4..6), plain.get(6..8)) {
        (Some(year), Some(month), Some(day)) => format!("{year}-{month}-{day}"),
        _ => plain.to_owned(),
    }
}

/// The `ServiceRequest` or `MedicationRequest` that an order is, as it stands.
pub(super) fn request(order: &Order) -> Value {
    let status = match order.state {
        OrderState::Received => "active",
        OrderState::Reported => "completed",
        OrderState::Cancelled => "revoked",
    };
    let (kind, member) = match order.kind {
        OrderKind::Drug => ("MedicationRequest", "medicationCodeableConcept"),
        OrderKind::Laboratory | OrderKind::Imaging => ("ServiceRequest", "code"),
    };
    json!({"resourceType": kind, "id": order.placer, "status": status, (member): concept(order)})
}

/// What was ordered.
pub(super) fn concept(order: &Order) -> Value {
    let system = if order.kind == OrderKind::Drug { RXNORM } else { LOINC };
    json!({"coding": [{"system": system, "code": order.code, "display": order.name}]})
}
