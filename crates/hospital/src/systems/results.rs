//! Results: what the laboratory and radiology report when an order is done, and how a report reads.

use serde_json::{Value, json};
use standards::hl7::message::Message;

use super::answer::{Answer, Sent};
use super::belief::Belief;
use super::hold::{Holding, held, person};
use super::orders::{Order, OrderKind, OrderState};
use super::record::{ORDER, Record};
use super::resources;
use super::segment::at;
use crate::calendar::instant_text;
use crate::codes::{LOINC, UCUM};
use crate::population::{Test, lab_test, panels};
use crate::random::{Key, Stream};

/// How often a value is out of its range.
const ABNORMAL: f64 = 0.2;

/// What a report of results says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reported {
    /// The placer's number of the order.
    pub placer: String,
    /// Whom it is about.
    pub mrn: String,
    /// Code and value of each number.
    pub values: Vec<(String, String)>,
    /// What was written in words.
    pub words: String,
}

/// Reads ORU^R01 (HL7 v2.5.1, 7.3.1).
///
/// # Errors
/// What is missing.
pub fn reported(message: &Message) -> Result<Reported, String> {
    let placer =
        [at(message, "ORC", 2, 1), at(message, "OBR", 2, 1)].into_iter().find(|number| !number.is_empty());
    let placer = placer.ok_or("neither ORC-2 nor OBR-2 has the number of the order")?;
    let (mut values, mut words) = (Vec::new(), Vec::new());
    for obx in message.segments_named("OBX") {
        let text = |number| obx.field(number).map(|field| field.text()).unwrap_or_default();
        match text(2).as_str() {
            "NM" => values.push((text(3), text(5))),
            _ => words.push(text(5)),
        }
    }
    if values.is_empty() && words.is_empty() {
        return Err("there is no OBX".to_owned());
    }
    Ok(Reported { placer, mrn: at(message, "PID", 3, 1), values, words: words.join("\n") })
}

/// What becomes of an order whose time has come: it is reported, and charged.
pub(super) fn report(order: &str, holding: &dyn Holding, now_us: i64) -> Answer {
    let Some(order) = held::<Order>(holding, ORDER, order) else { return Answer::accept(Vec::new()) };
    let done = Order { state: OrderState::Reported, ..order.clone() };
    let record = Record::new(ORDER, &order.placer, json!(done));
    if order.state != OrderState::Received {
        return Answer::accept(Vec::new());
    }
    let known =
        person(holding, &order.mrn).unwrap_or_else(|| Belief { mrn: order.mrn.clone(), ..Belief::default() });
    let person = resources::person(&known);
    let mut about = vec![resources::request(&done)];
    about.extend(found(&order, now_us));
    let oru = Sent { resources: about, ..Sent::new("ORU^R01", person.clone()) };
    let charge = json!({
        "resourceType": "ChargeItem",
        "id": order.placer,
        "status": "billable",
        "code": resources::concept(&order),
        "occurrenceDateTime": instant_text(now_us),
    });
    let dft = Sent { resources: vec![charge], ..Sent::new("DFT^P03", person) };
    Answer::accept(vec![record]).and_send(vec![oru, dft])
}

/// The report of an order, with an Observation for each test of it, or the words of an image or a culture.
fn found(order: &Order, now_us: i64) -> Vec<Value> {
    let mut stream = Key::new(0).name("result").name(&order.placer).stream();
    let panel = panels::ALL.iter().find(|panel| panel.code.code == order.code);
    let tests: Vec<&Test> =
        panel.map_or_else(|| lab_test(&order.code).into_iter().collect(), |panel| panel.tests.to_vec());
    let results: Vec<Value> =
        { tests.iter() }.map(|test| observation(test, order, &mut stream, now_us)).collect();
    let named = |result: &Value| {
        let id = result["id"].as_str().unwrap_or_default();
        json!({"reference": format!("Observation/{id}")})
    };
    let mut report = json!({
        "resourceType": "DiagnosticReport",
        "id": order.placer,
        "status": "final",
        "basedOn": [{"reference": format!("ServiceRequest/{}", order.placer)}],
        "code": resources::concept(order),
        "issued": instant_text(now_us),
        "result": results.iter().map(named).collect::<Vec<Value>>(),
    });
    if results.is_empty() {
        let words = if order.kind == OrderKind::Imaging { "No acute finding." } else { "No growth." };
        report["conclusion"] = words.into();
    }
    [report].into_iter().chain(results).collect()
}

fn observation(test: &Test, order: &Order, stream: &mut Stream, now_us: i64) -> Value {
    let value = draw(test, stream);
    let printed = format!("{value:.*}", test.decimals as usize);
    let mut range = json!({});
    let ends = [("low", test.low), ("high", test.high)];
    for (end, value) in ends.into_iter().filter_map(|(end, value)| Some((end, value?))) {
        range[end] = json!({"value": value});
    }
    let mut quantity = json!({"value": printed.parse::<serde_json::Number>().ok()});
    if !test.unit.is_empty() {
        quantity["unit"] = test.unit.into();
        quantity["code"] = test.unit.into();
        quantity["system"] = UCUM.into();
    }
    json!({
        "resourceType": "Observation",
        "id": format!("{}.{}", order.placer, test.code.code),
        "status": "final",
        "code": {"coding": [{"system": LOINC, "code": test.code.code, "display": test.code.display}]},
        "effectiveDateTime": instant_text(now_us),
        "valueQuantity": quantity,
        "interpretation": [{"coding": [{"code": test.interpret(value).unwrap_or("N")}]}],
        "referenceRange": [range],
    })
}

/// A value as a healthy adult has it, now and then one that is out of range.
fn draw(test: &Test, stream: &mut Stream) -> f64 {
    let (mean, deviation) = test.usual;
    let spread = if stream.chance(ABNORMAL) { deviation * 4.0 } else { deviation };
    let scale = 10_f64.powi(test.decimals.cast_signed());
    let value = stream.normal(mean, spread).max(0.0);
    // Rounded before it is flagged, so that the flag is that of the number as it is printed.
    (value * scale).round() / scale
}
