//! What people mix up or leave undone: an order that nobody signed, two tubes with each other's labels, two results with each
//! other's numbers.

use serde::Deserialize;
use serde_json::{Value, json};

use super::laboratory::{Ordered, Resulted, doctor, made, ordered, steps};
use super::{FaultError, Ground, Placed, Stay};
use crate::calendar::{DAY_US, HOUR_US, MINUTE_US};
use crate::random::{Key, Stream};

/// How far apart the values of two patients lie, in steps of the last decimal.
const APART: i64 = 14;

/// The parameters of `do = "unsigned-order"`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnsignedOrder {
    /// Whose order it is.
    pub stay: Stay,
    /// The id of the orderable: a test of one value.
    pub orderable: String,
}

/// The parameters of `do = "mislabelled-specimen"`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MislabelledSpecimen {
    /// Two stays.
    pub stays: Vec<Stay>,
    /// The id of the orderable: a test of one value.
    pub orderable: String,
}

/// The parameters of `do = "wrong-accession"`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrongAccession {
    /// Whose results they are.
    pub stay: Stay,
    /// The id of the orderable: a test of one value.
    pub orderable: String,
}

/// Places a draft.
pub(super) fn unsigned(
    fault: &UnsignedOrder,
    seed: u64,
    ground: &mut Ground<'_>,
) -> Result<Placed, FaultError> {
    let mut stream = Key::new(seed).name("unsigned-order").stream();
    let draft = ordered(&fault.orderable)?.draft(&fault.stay, &doctor(&mut stream), ground)?;
    let truth = json!({"unsigned": {"order": draft["id"], "patient": fault.stay.patient.id}});
    Ok(Placed { resources: vec![draft], truth })
}

/// Places a test of yesterday and one of this morning for two patients, whose tubes of this morning had each other's labels.
pub(super) fn mislabelled(
    fault: &MislabelledSpecimen,
    seed: u64,
    ground: &mut Ground<'_>,
) -> Result<Placed, FaultError> {
    let [first, second] = fault.stays.as_slice() else {
        return Err(FaultError::Stays { found: fault.stays.len(), wanted: 2 });
    };
    let mut bench = Bench::new("mislabelled-specimen", &fault.orderable, seed)?;
    let morning_us = ground.now_us - 2 * HOUR_US - bench.stream.between(0, 50) * MINUTE_US;
    let levels = [0, APART];
    let (mut resources, mut sides) = (Vec::new(), Vec::new());
    for (stay, [own, others]) in [(first, levels), (second, [levels[1], levels[0]])] {
        let (before_value, own_value) = (bench.value(own), bench.value(own));
        let before = bench.tested(stay, &before_value, morning_us - DAY_US, ground)?;
        let filed_value = bench.value(others);
        let filed = bench.tested(stay, &filed_value, morning_us, ground)?;
        let mut side = said(&filed);
        side["before"] = before.observation["valueQuantity"]["value"].clone();
        side["near"] = own_value.into();
        sides.push(side);
        resources.extend(all_of(before));
        resources.extend(all_of(filed));
    }
    Ok(Placed { resources, truth: json!({"mislabelled": {"first": sides[0], "second": sides[1]}}) })
}

/// Places two results of one patient, each filed under the order of the other.
pub(super) fn wrong_accession(
    fault: &WrongAccession,
    seed: u64,
    ground: &mut Ground<'_>,
) -> Result<Placed, FaultError> {
    let mut bench = Bench::new("wrong-accession", &fault.orderable, seed)?;
    let later_us = ground.now_us - 3 * HOUR_US - bench.stream.between(0, 50) * MINUTE_US;
    let (early_value, late_value) = (bench.value(0), bench.value(APART));
    let mut early = bench.tested(&fault.stay, &early_value, later_us - 9 * HOUR_US, ground)?;
    let mut late = bench.tested(&fault.stay, &late_value, later_us, ground)?;
    for member in ["basedOn", "identifier"] {
        for (one, other) in
            [(&mut early.observation, &mut late.observation), (&mut early.report, &mut late.report)]
        {
            if one.get(member).is_some() && other.get(member).is_some() {
                std::mem::swap(&mut one[member], &mut other[member]);
            }
        }
    }
    let truth = json!({"accession": {"early": said(&early), "late": said(&late)}});
    Ok(Placed { resources: all_of(early).into_iter().chain(all_of(late)).collect(), truth })
}

/// Where results are made.
struct Bench {
    what: Ordered,
    author: String,
    stream: Stream,
}

impl Bench {
    fn new(fault: &str, orderable: &str, seed: u64) -> Result<Self, FaultError> {
        let mut stream = Key::new(seed).name(fault).stream();
        Ok(Self { what: ordered(orderable)?, author: doctor(&mut stream), stream })
    }

    /// A value of the normal range, so many steps above its lower end, give or take.
    fn value(&mut self, level: i64) -> String {
        let low = self.what.test.low.unwrap_or(self.what.test.usual.0);
        steps(self.what.test, low, level + self.stream.between(0, 3))
    }

    fn tested(
        &mut self,
        stay: &Stay,
        value: &str,
        at_us: i64,
        ground: &mut Ground<'_>,
    ) -> Result<Resulted, FaultError> {
        let number = format!("L{}", self.stream.between(10_000_000, 99_999_999));
        let order = self.what.sign(stay, &self.author, at_us - 40 * MINUTE_US, ground)?.number(&number);
        order.result(value, at_us, ground).map_err(made)
    }
}

fn all_of(result: Resulted) -> Vec<Value> {
    let Resulted { observation, report, order, task, to_acknowledge } = result;
    [order, task, observation, report].into_iter().chain(to_acknowledge).collect()
}

fn said(result: &Resulted) -> Value {
    json!({
        "order": result.order["id"],
        "observation": result.observation["id"],
        "report": result.report["id"],
        "value": result.observation["valueQuantity"]["value"],
        "taken": result.observation["effectiveDateTime"],
    })
}
