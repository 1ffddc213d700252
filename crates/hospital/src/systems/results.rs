//! Results: what the laboratory and radiology report when an order is done, and how a report reads.

use serde_json::json;
use standards::hl7::message::Message;

use super::answer::{Answer, Sent};
use super::belief::Belief;
use super::hold::{Holding, held, person};
use super::orders::{Order, OrderKind, OrderState};
use super::record::{ORDER, Record};
use super::segment::{Line, at, moment};
use super::write::pid;
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
    let head = format!("{}{}", pid(&known), head(&order, now_us));
    let oru = Sent {
        event: "ORU^R01",
        mrn: order.mrn.clone(),
        segments: format!("{head}{}", found(&order, now_us)),
    };
    let ft1 = Line::new("FT1")
        .field(1, &["1"])
        .field(2, &[&order.placer])
        .field(4, &[&moment(now_us)])
        .field(6, &["CG"])
        .field(7, &[&order.code, &order.name, order.system()])
        .field(10, &["1"])
        .end();
    let dft = Sent { event: "DFT^P03", mrn: order.mrn, segments: format!("{}{ft1}", pid(&known)) };
    Answer::accept(vec![record]).and_send(vec![oru, dft])
}

fn head(order: &Order, now_us: i64) -> String {
    let code = [order.code.as_str(), &order.name, order.system()];
    let orc = Line::new("ORC").field(1, &["RE"]).field(2, &[&order.placer, "EHR"]).end();
    let obr = Line::new("OBR")
        .field(1, &["1"])
        .field(2, &[&order.placer, "EHR"])
        .field(4, &code)
        .field(22, &[&moment(now_us)])
        .field(25, &["F"])
        .end();
    format!("{orc}{obr}")
}

/// OBX of each test of the order, or of the words of an image or a culture.
fn found(order: &Order, now_us: i64) -> String {
    let mut stream = Key::new(0).name("result").name(&order.placer).stream();
    let panel = panels::ALL.iter().find(|panel| panel.code.code == order.code);
    let tests: Vec<&Test> =
        panel.map_or_else(|| lab_test(&order.code).into_iter().collect(), |panel| panel.tests.to_vec());
    if tests.is_empty() {
        let words = if order.kind == OrderKind::Imaging { "No acute finding." } else { "No growth." };
        return obx(1, "TX", [&order.code, &order.name], words, "", "", "", now_us);
    }
    let line = |(at, test): (usize, &&Test)| {
        let value = draw(test, &mut stream);
        let text = format!("{value:.*}", test.decimals as usize);
        let range = range(test);
        let flag = test.interpret(value).unwrap_or("N");
        obx(at + 1, "NM", [test.code.code, test.code.display], &text, test.unit, &range, flag, now_us)
    };
    tests.iter().enumerate().map(line).collect()
}

#[expect(clippy::too_many_arguments, reason = "a segment has that many fields")]
fn obx(
    set: usize,
    kind: &str,
    [code, name]: [&str; 2],
    value: &str,
    unit: &str,
    range: &str,
    flag: &str,
    now_us: i64,
) -> String {
    Line::new("OBX")
        .field(1, &[&set.to_string()])
        .field(2, &[kind])
        .field(3, &[code, name, "LN"])
        .field(5, &[value])
        .field(6, &[unit, "", if unit.is_empty() { "" } else { "UCUM" }])
        .field(7, &[range])
        .field(8, &[flag])
        .field(11, &["F"])
        .field(14, &[&moment(now_us)])
        .end()
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

fn range(test: &Test) -> String {
    match (test.low, test.high) {
        (Some(low), Some(high)) => format!("{low}-{high}"),
        (Some(low), None) => format!(">={low}"),
        (None, Some(high)) => format!("<{high}"),
        (None, None) => String::new(),
    }
}
