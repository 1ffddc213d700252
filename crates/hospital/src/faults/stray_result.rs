//! A result that did not find its way to its order.

use serde::Deserialize;
use serde_json::{Value, json};

use super::laboratory::{Order, Ordered, Resulted, doctor, ordered, steps};
use super::{FaultError, Ground, Placed, Stay};
use crate::calendar::{DAY_US, HOUR_US, MINUTE_US};
use crate::random::{Key, Stream};

/// The parameters of `do = "stray-result"`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StrayResult {
    /// Whose result it is.
    pub stay: Stay,
    /// Somebody else who had the same test.
    pub neighbour: Stay,
    /// The id of the orderable: a test of one value.
    pub orderable: String,
    /// What went wrong.
    pub lost: Lost,
}

/// What a stray result has lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lost {
    /// The order's number: it belongs to no order.
    Number,
    /// Its order: it belongs to an older one of the same patient.
    Order,
    /// Its patient: it belongs to the neighbour's order, in the neighbour's chart.
    Patient,
}

/// Places two orders of yesterday evening, one result that is where it should be, and one that is not.
pub(super) fn place(fault: &StrayResult, seed: u64, ground: &mut Ground<'_>) -> Result<Placed, FaultError> {
    let mut stream = Key::new(seed).name("stray-result").stream();
    let what = ordered(&fault.orderable)?;
    let author = doctor(&mut stream);
    let ordered_us = ground.now_us - 11 * HOUR_US - stream.between(0, 90) * MINUTE_US;
    let value = usual(&what, &mut stream, 0);
    let own = what.sign(&fault.stay, &author, ordered_us, ground)?.number(&number(&mut stream));
    let taken_us = ordered_us + stream.between(50, 130) * MINUTE_US;
    let right = tested(&what, &fault.neighbour, &author, ordered_us + 7 * MINUTE_US, &mut stream, ground)?;
    let mut resources = all_of(&right);
    let mut stray = own.result(&value, taken_us, ground)?;
    let wrong_order = match fault.lost {
        Lost::Number => {
            for resource in [&mut stray.observation, &mut stray.report] {
                resource.as_object_mut().map(|members| members.remove("basedOn"));
            }
            stray.report.as_object_mut().map(|members| members.remove("identifier"));
            None
        }
        Lost::Order => {
            let older = tested(&what, &fault.stay, &author, ordered_us - DAY_US, &mut stream, ground)?;
            resources.extend(all_of(&older));
            file_under(&mut stray, &older.order);
            Some(older.order)
        }
        Lost::Patient => {
            file_under(&mut stray, &right.order);
            Some(right.order.clone())
        }
    };
    let truth = truth(&what, &own, &stray, wrong_order.as_ref(), &right);
    resources.extend([own.order, own.task, stray.observation, stray.report]);
    Ok(Placed { resources, truth })
}

/// A test that was ordered and resulted as it should be.
fn tested(
    what: &Ordered,
    stay: &Stay,
    author: &str,
    at_us: i64,
    stream: &mut Stream,
    ground: &mut Ground<'_>,
) -> Result<Resulted, FaultError> {
    let order = what.sign(stay, author, at_us, ground)?.number(&number(stream));
    order.result(&usual(what, stream, 1), at_us + stream.between(40, 120) * MINUTE_US, ground)
}

/// A value within the normal range; those of the stray result and of the others are never the same, since their last
/// decimals are even and odd.
fn usual(what: &Ordered, stream: &mut Stream, odd: i64) -> String {
    let low = what.test.low.unwrap_or(what.test.usual.0);
    steps(what.test, low, 2 * stream.between(0, 4) + odd)
}

fn number(stream: &mut Stream) -> String {
    format!("L{}", stream.between(10_000_000, 99_999_999))
}

fn all_of(result: &Resulted) -> Vec<Value> {
    [&result.order, &result.task, &result.observation, &result.report].into_iter().cloned().collect()
}

/// Files a result under another order, with all that follows from it.
fn file_under(stray: &mut Resulted, order: &Value) {
    for resource in [&mut stray.observation, &mut stray.report] {
        resource["basedOn"] =
            json!([{"reference": format!("ServiceRequest/{}", order["id"].as_str().unwrap_or_default())}]);
        for member in ["subject", "encounter"] {
            resource[member] = order[member].clone();
        }
    }
}

fn truth(
    what: &Ordered,
    own: &Order,
    stray: &Resulted,
    wrong_order: Option<&Value>,
    right: &Resulted,
) -> Value {
    let value = |result: &Resulted| result.observation["valueQuantity"]["value"].clone();
    json!({
        "stray": {
            "order": own.order["id"],
            "number": own.order["identifier"][0]["value"],
            "task": own.task["id"],
            "ordered": own.order["authoredOn"],
            "taken": stray.observation["effectiveDateTime"],
            "observation": stray.observation["id"],
            "report": stray.report["id"],
            "value": value(stray),
            "unit": what.test.unit,
            "code": what.test.code.code,
            "test": own.order["code"]["text"],
            "wrong_order": wrong_order.map(|order| order["id"].clone()),
        },
        "right": {
            "order": right.order["id"],
            "observation": right.observation["id"],
            "report": right.report["id"],
            "value": value(right),
        },
    })
}
