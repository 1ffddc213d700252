use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use standards::hl7::message::Message;

use super::answer::{Answer, Sent};
use super::belief::Belief;
use super::follow;
use super::hold::{Holding, held, person};
use super::record::{ORDER, Record};
use super::resources;
use super::segment::at;
use crate::calendar::MINUTE_US;
use crate::codes::LABORATORY_PROCEDURE;
use crate::random::Key;

/// What an order is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrderKind {
    /// A test of the laboratory.
    Laboratory,
    /// An image.
    Imaging,
    /// A medicine.
    Drug,
}

impl OrderKind {
    /// The event by which it is ordered.
    pub fn event(self) -> &'static str {
        match self {
            Self::Laboratory => "OML^O21",
            Self::Imaging => "ORM^O01",
            Self::Drug => "RDE^O11",
        }
    }

    fn of(event: &str) -> Option<Self> {
        [Self::Laboratory, Self::Imaging, Self::Drug].into_iter().find(|kind| kind.event() == event)
    }
}

/// How far an order has come in the system that carries it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrderState {
    /// It came.
    Received,
    /// It is done, and reported.
    Reported,
    /// It is not to be done.
    Cancelled,
}

/// An order as the chart sends it, and as the system that carries it out keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The placer's number (ORC-2).
    pub placer: String,
    /// Whom it is for.
    pub mrn: String,
    /// What it is for.
    pub kind: OrderKind,
    /// LOINC, or RxNorm for a medicine.
    pub code: String,
    /// What the code means.
    pub name: String,
    /// How far it has come.
    pub state: OrderState,
}

impl Order {
    /// The order in a signed `ServiceRequest` or `MedicationRequest`; `None` for what no system carries out.
    pub fn of(resource: &Value, mrn: &str) -> Option<Self> {
        let (kind, concept) = match resource["resourceType"].as_str()? {
            "MedicationRequest" => (OrderKind::Drug, &resource["medicationCodeableConcept"]),
            "ServiceRequest" if has_category(resource, LABORATORY_PROCEDURE) => {
                (OrderKind::Laboratory, &resource["code"])
            }
            "ServiceRequest" => (OrderKind::Imaging, &resource["code"]),
            _ => return None,
        };
        let coding = concept.pointer("/coding/0")?;
        let text = |member: &str| coding[member].as_str().unwrap_or_default().to_owned();
        let placer = resource["id"].as_str()?.to_owned();
        let (code, name) = (text("code"), text("display"));
        Some(Self { placer, mrn: mrn.to_owned(), kind, code, name, state: OrderState::Received })
    }
}

fn has_category(resource: &Value, code: &str) -> bool {
    let categories = resource["category"].as_array().into_iter().flatten();
    let mut codings = categories.flat_map(|category| category["coding"].as_array().into_iter().flatten());
    codings.any(|coding| coding["code"] == code)
}

/// What a system that carries orders out makes of one. `turnaround_min` is how long it takes, if it reports back.
pub(super) fn take(
    event: &str,
    message: &Message,
    holding: &dyn Holding,
    turnaround_min: Option<[u32; 2]>,
    now_us: i64,
) -> Answer {
    let Some(kind) = OrderKind::of(event) else {
        return Answer::reject(format!("{event} is not one of the events agreed on"));
    };
    let told = Belief::read(message);
    let placer = at(message, "ORC", 2, 1);
    if told.mrn.is_empty() || placer.is_empty() {
        return Answer::reject("an order needs PID-3 and ORC-2".to_owned());
    }
    match at(message, "ORC", 1, 1).as_str() {
        "NW" => {
            new(kind, message, holding, &told, &placer).map_or_else(Answer::error, |(mut records, order)| {
                let due_us = turnaround_min.map(|span| now_us + turnaround_us(span, &placer));
                records.push(Record { due_us, ..Record::new(ORDER, &placer, json!(order)) });
                Answer::accept(records)
            })
        }
        "CA" | "DC" => end(holding, &placer),
        other => Answer::reject(format!("ORC-1 '{other}' is not one of the order controls agreed on")),
    }
}

/// A new order; a person who is not known comes with it. Somebody else under the same number is not worked on.
fn new(
    kind: OrderKind,
    message: &Message,
    holding: &dyn Holding,
    told: &Belief,
    placer: &str,
) -> Result<(Vec<Record>, Order), String> {
    let mut records = Vec::new();
    match person(holding, &told.mrn) {
        Some(known) if known.birth_date != told.birth_date => {
            return Err(format!(
                "MRN {} is born {} here, not {}",
                told.mrn, known.birth_date, told.birth_date
            ));
        }
        Some(_) => {}
        None => records.push(follow::record(told)),
    }
    let (segment, field) = if kind == OrderKind::Drug { ("RXE", 2) } else { ("OBR", 4) };
    let order = Order {
        placer: placer.to_owned(),
        mrn: told.mrn.clone(),
        kind,
        code: at(message, segment, field, 1),
        name: at(message, segment, field, 2),
        state: OrderState::Received,
    };
    if order.code.is_empty() { Err(format!("{segment}-{field} has no code")) } else { Ok((records, order)) }
}

fn end(holding: &dyn Holding, placer: &str) -> Answer {
    match held::<Order>(holding, ORDER, placer) {
        None => Answer::error(format!("no order {placer}")),
        Some(order) if order.state == OrderState::Reported => {
            Answer::error(format!("order {placer} is reported already"))
        }
        Some(order) => {
            let ended = Order { state: OrderState::Cancelled, ..order };
            Answer::accept(vec![Record::new(ORDER, placer, json!(ended))])
        }
    }
}

/// How long this order takes: the same for the same number, whatever else is ordered.
fn turnaround_us([least, most]: [u32; 2], placer: &str) -> i64 {
    Key::new(0).name("turnaround").name(placer).stream().between(i64::from(least), i64::from(most))
        * MINUTE_US
}

/// A prescription for the next system on its way, such as the cabinets on the wards.
pub(super) fn forward(message: &Message) -> Sent {
    let cancelled = matches!(at(message, "ORC", 1, 1).as_str(), "CA" | "DC");
    let order = Order {
        placer: at(message, "ORC", 2, 1),
        mrn: at(message, "PID", 3, 1),
        kind: OrderKind::Drug,
        code: at(message, "RXE", 2, 1),
        name: at(message, "RXE", 2, 2),
        state: if cancelled { OrderState::Cancelled } else { OrderState::Received },
    };
    let mut request = resources::request(&order);
    let mut dosage = json!({"text": at(message, "RXE", 7, 2)});
    if let Ok(value) = at(message, "RXE", 3, 1).parse::<serde_json::Number>() {
        dosage["doseAndRate"] = json!([{"doseQuantity": {"value": value, "unit": at(message, "RXE", 5, 1)}}]);
    }
    request["dosageInstruction"] = json!([dosage]);
    let patient = resources::person(&Belief::read(message));
    Sent { resources: vec![request], ..Sent::new("RDE^O11", patient) }
}
