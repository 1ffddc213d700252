//! Tests that were ordered and resulted in the past, made by the commands themselves with the time turned back.

use serde_json::{Value, json};

use super::{FaultError, Ground, Stay};
use crate::build::starting_orderables;
use crate::ehr::{
    DraftFacts, DraftOrder, RecordResult, ResultFacts, SignFacts, SignOrders, codes_of, draft_order,
    record_result, sign_orders,
};
use crate::population::{FAMILY_NAMES, Test, lab_test};
use crate::random::Stream;

/// Who reports results.
const LABORATORY: &str = "Clinical laboratory";
/// The system of the numbers that orders have.
const ORDER_NUMBER: &str = "https://practicum.example/order-number";

/// An orderable of one test.
pub(super) struct Ordered {
    orderable: Value,
    pub(super) test: &'static Test,
}

/// An order in force with the task it made.
pub(super) struct Order {
    pub(super) order: Value,
    pub(super) task: Value,
}

/// A result of an order: what is new, and what is done with the order and its task.
pub(super) struct Resulted {
    pub(super) observation: Value,
    pub(super) report: Value,
    /// The task to acknowledge it, where it is critical.
    pub(super) to_acknowledge: Option<Value>,
    pub(super) order: Value,
    pub(super) task: Value,
}

/// Finds an orderable of one test by id.
pub(super) fn ordered(id: &str) -> Result<Ordered, FaultError> {
    let found = starting_orderables().into_iter().find(|one| one["id"] == id);
    let orderable = found.ok_or_else(|| FaultError::Made(format!("there is no orderable '{id}'")))?;
    let test = codes_of(&orderable).into_iter().find_map(lab_test);
    let test =
        test.ok_or_else(|| FaultError::Made(format!("'{id}' is no test with a number as its value")))?;
    Ok(Ordered { orderable, test })
}

/// A doctor of an invented name.
pub(super) fn doctor(stream: &mut Stream) -> String {
    format!("Dr. {}", stream.pick(FAMILY_NAMES))
}

/// The value of a test that lies so many steps of its last decimal beyond `from`, as the laboratory writes it.
pub(super) fn steps(test: &Test, from: f64, steps: i64) -> String {
    let scale = 10_f64.powi(i32::try_from(test.decimals).unwrap_or(0));
    let decimals = usize::try_from(test.decimals).unwrap_or(0);
    format!("{:.decimals$}", ((from * scale).round() + steps as f64) / scale)
}

impl Ordered {
    /// An order that somebody has drafted, and nobody signed.
    pub(super) fn draft(
        &self,
        stay: &Stay,
        author: &str,
        ground: &mut Ground<'_>,
    ) -> Result<Value, FaultError> {
        let (patient, encounter) = (stay.patient(ground)?, stay.encounter());
        let command = DraftOrder {
            patient: stay.patient.id.as_str().into(),
            orderable: self.orderable["id"].as_str().unwrap_or_default().into(),
            ..DraftOrder::default()
        };
        let facts = DraftFacts {
            patient: Some(patient),
            encounter: Some(&encounter),
            orderable: Some(&self.orderable),
            author,
        };
        draft_order(&command, &facts, &(ground.new_id)()).map_err(made)
    }

    /// An order that was signed at a time.
    pub(super) fn sign(
        &self,
        stay: &Stay,
        author: &str,
        at_us: i64,
        ground: &mut Ground<'_>,
    ) -> Result<Order, FaultError> {
        let draft = self.draft(stay, author, ground)?;
        let patient = stay.patient(ground)?;
        let facts = SignFacts { patient: Some(patient), orders: &[draft], author, ..SignFacts::default() };
        let (mut orders, mut tasks) =
            sign_orders(&SignOrders::default(), &facts, at_us, ground.new_id).map_err(made)?;
        match (orders.pop(), tasks.pop()) {
            (Some(order), Some(task)) => Ok(Order { order, task }),
            _ => Err(FaultError::Made("a test makes an order and a task".to_owned())),
        }
    }
}

impl Order {
    /// Gives the order a number.
    pub(super) fn number(mut self, number: &str) -> Self {
        self.order["identifier"] = placer(number);
        self
    }

    /// Its result, reported at a time.
    pub(super) fn result(
        &self,
        value: &str,
        at_us: i64,
        ground: &mut Ground<'_>,
    ) -> Result<Resulted, FaultError> {
        let command = RecordResult { value: value.into(), ..RecordResult::default() };
        let facts = ResultFacts {
            order: Some(&self.order),
            tasks: std::slice::from_ref(&self.task),
            author: LABORATORY,
        };
        let (new, changed) = record_result(&command, &facts, at_us, ground.new_id).map_err(made)?;
        let mut new = new.into_iter();
        let mut changed = changed.into_iter();
        match (new.next(), new.next(), changed.next(), changed.next()) {
            (Some(observation), Some(mut report), Some(order), Some(task)) => {
                if let Some(number) = self.order.get("identifier") {
                    report["identifier"] = number.clone();
                }
                Ok(Resulted { observation, report, to_acknowledge: new.next(), order, task })
            }
            _ => Err(FaultError::Made("a result makes an observation and a report".to_owned())),
        }
    }
}

/// The identifier that is an order's number.
fn placer(number: &str) -> Value {
    json!([{
        "type": {"coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "PLAC", "display": "Placer Identifier",
        }]},
        "system": ORDER_NUMBER,
        "value": number,
    }])
}

pub(super) fn made(error: impl std::fmt::Display) -> FaultError {
    FaultError::Made(error.to_string())
}
