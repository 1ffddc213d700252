//! A critical result that waits too long, among others like it.

use serde::Deserialize;
use serde_json::{Value, json};

use super::laboratory::{Ordered, Resulted, doctor, made, ordered, steps};
use super::stay::number_of;
use super::{FaultError, Ground, Placed, Stay};
use crate::calendar::MINUTE_US;
use crate::ehr::{AcknowledgeFacts, AcknowledgeResult, acknowledge_result};
use crate::random::{Key, Stream};

/// How many patients it takes.
const STAYS: usize = 5;

/// The parameters of `do = "critical-results"`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CriticalResults {
    /// Five stays: late, in time, acknowledged, abnormal only, corrected.
    pub stays: Vec<Stay>,
    /// The id of the orderable: a test of one value that can be critical.
    pub orderable: String,
    /// On which side it is critical.
    pub side: Side,
    /// Minutes in which somebody has to take note, 20 to 120.
    pub policy_min: i64,
}

/// A side of a reference range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Above it.
    High,
    /// Below it.
    Low,
}

impl CriticalResults {
    pub(super) fn check(&self) -> Result<(), FaultError> {
        if self.stays.len() != STAYS {
            return Err(FaultError::Stays { found: self.stays.len(), wanted: STAYS });
        }
        if !(20..=120).contains(&self.policy_min) {
            return Err(FaultError::Policy(self.policy_min));
        }
        Ok(())
    }
}

/// Places five results of one test.
pub(super) fn place(
    fault: &CriticalResults,
    seed: u64,
    ground: &mut Ground<'_>,
) -> Result<Placed, FaultError> {
    let [late, fresh, acknowledged, abnormal, corrected] = fault.stays.as_slice() else {
        return Err(FaultError::Stays { found: fault.stays.len(), wanted: STAYS });
    };
    let stream = Key::new(seed).name("critical-results").stream();
    let what = ordered(&fault.orderable)?;
    let range = Range::of(&what, fault.side)?;
    let mut bench = Bench { what, range, stream, ground };
    let over_min = bench.stream.between(6, 55);
    let fresh_min = bench.stream.between(4, fault.policy_min - 8);
    let longest_min = fault.policy_min + over_min + bench.stream.between(25, 80);
    let noted_min = bench.stream.between(4, fault.policy_min - 4);

    let late_result = bench.critical(late, fault.policy_min + over_min)?;
    let fresh_result = bench.critical(fresh, fresh_min)?;
    let old = bench.critical(acknowledged, longest_min + 30)?;
    let (told, noted) = bench.acknowledge(&old, longest_min + 30 - noted_min)?;
    let slight = bench.abnormal(abnormal, fault.policy_min + over_min + 12)?;
    let mended = bench.corrected(corrected, longest_min)?;

    let mut truth = json!({
        "late": bench.facts(late, &late_result)?,
        "fresh": bench.facts(fresh, &fresh_result)?,
        "acknowledged": bench.facts(acknowledged, &old)?,
        "abnormal": bench.facts(abnormal, &slight)?,
        "corrected": bench.facts(corrected, &mended)?,
    });
    truth["late"]["over_min"] = over_min.into();
    truth["late"]["waited_min"] = (fault.policy_min + over_min).into();
    truth["waiting"] = json!([truth["late"], truth["fresh"]]);
    let mut resources = Vec::new();
    for result in [late_result, fresh_result, slight, mended] {
        resources.extend(all_of(result));
    }
    resources.extend(all_of(Resulted { to_acknowledge: Some(noted), ..old }));
    resources.push(told);
    Ok(Placed { resources, truth })
}

/// Where a test is critical, merely abnormal, and normal: a bound, and steps of the last decimal away from it.
struct Range {
    critical: f64,
    abnormal: f64,
    outward: i64,
}

impl Range {
    fn of(what: &Ordered, side: Side) -> Result<Self, FaultError> {
        let test = what.test;
        let (critical, abnormal, outward) = match side {
            Side::High => (test.critical.1, test.high, 1),
            Side::Low => (test.critical.0, test.low, -1),
        };
        match abnormal {
            Some(abnormal) if critical.is_finite() => Ok(Self { critical, abnormal, outward }),
            _ => Err(FaultError::Made(format!("{} is never critical on this side", test.code.display))),
        }
    }
}

/// Where results are made.
struct Bench<'a, 'b> {
    what: Ordered,
    range: Range,
    stream: Stream,
    ground: &'a mut Ground<'b>,
}

impl Bench<'_, '_> {
    fn report(&mut self, stay: &Stay, value: &str, minutes_ago: i64) -> Result<Resulted, FaultError> {
        let issued_us = self.ground.now_us - minutes_ago * MINUTE_US;
        let ordered_us = issued_us - self.stream.between(45, 110) * MINUTE_US;
        let author = doctor(&mut self.stream);
        self.what.sign(stay, &author, ordered_us, self.ground)?.result(value, issued_us, self.ground)
    }

    fn critical(&mut self, stay: &Stay, minutes_ago: i64) -> Result<Resulted, FaultError> {
        let beyond = self.range.outward * self.stream.between(1, 9);
        self.report(stay, &steps(self.what.test, self.range.critical, beyond), minutes_ago)
    }

    fn abnormal(&mut self, stay: &Stay, minutes_ago: i64) -> Result<Resulted, FaultError> {
        let beyond = self.range.outward * self.stream.between(2, 9);
        self.report(stay, &steps(self.what.test, self.range.abnormal, beyond), minutes_ago)
    }

    /// A result that seemed critical, and was corrected to a normal one. Its task is still open.
    fn corrected(&mut self, stay: &Stay, minutes_ago: i64) -> Result<Resulted, FaultError> {
        let mut result = self.critical(stay, minutes_ago)?;
        let normal = -self.range.outward * self.stream.between(1, 6);
        let value = steps(self.what.test, self.range.abnormal, normal);
        result.observation["status"] = "corrected".into();
        result.observation["valueQuantity"]["value"] = serde_json::from_str(&value).map_err(made)?;
        result.observation["note"] =
            json!([{"text": "Corrected: the specimen was not fit for the test. Repeated from a new one."}]);
        if let Some(members) = result.observation.as_object_mut() {
            members.shift_remove("interpretation");
        }
        result.report["status"] = "corrected".into();
        Ok(result)
    }

    /// Somebody took note of a result: what was said, and the task as it is then.
    fn acknowledge(&mut self, result: &Resulted, minutes_ago: i64) -> Result<(Value, Value), FaultError> {
        let command = AcknowledgeResult {
            observation: result.observation["id"].as_str().unwrap_or_default().into(),
            read_back: result.observation["valueQuantity"]["value"].to_string().into(),
            action: "Informed the doctor on call; repeat in one hour.".into(),
        };
        let author = doctor(&mut self.stream);
        let tasks: Vec<Value> = result.to_acknowledge.iter().cloned().collect();
        let facts = AcknowledgeFacts {
            observation: Some(&result.observation),
            acknowledged: false,
            tasks: &tasks,
            author: &author,
        };
        let now_us = self.ground.now_us - minutes_ago * MINUTE_US;
        let id = (self.ground.new_id)();
        let (told, mut closed) = acknowledge_result(&command, &facts, now_us, &id).map_err(made)?;
        let task = closed.pop().ok_or_else(|| made("a critical result makes a task"))?;
        Ok((told, task))
    }

    fn facts(&self, stay: &Stay, result: &Resulted) -> Result<Value, FaultError> {
        let patient = stay.patient(self.ground)?;
        let mut facts = json!({
            "patient": stay.patient.id,
            "mrn": number_of(patient),
            "observation": result.observation["id"],
            "value": result.observation["valueQuantity"]["value"],
            "unit": self.what.test.unit,
            "issued": result.observation["issued"],
        });
        if let Some(task) = &result.to_acknowledge {
            facts["task"] = task["id"].clone();
        }
        Ok(facts)
    }
}

fn all_of(result: Resulted) -> Vec<Value> {
    let Resulted { observation, report, to_acknowledge, order, task } = result;
    [order, task, observation, report].into_iter().chain(to_acknowledge).collect()
}
