//! An order that was signed some time ago.

use serde::Deserialize;
use serde_json::{Value, json};

use super::stay::number_of;
use super::{FaultError, Ground, Placed, Stay};
use crate::build::starting_orderables;
use crate::calendar::{HOUR_US, date_of};
use crate::ehr::{Rehearsal, signed_order};

/// Who signed it.
const AUTHOR: &str = "Ward doctor";

/// The parameters of `do = "past-order"`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PastOrder {
    /// Whose order.
    pub stay: Stay,
    /// How long ago it was signed, in hours.
    pub hours_ago: i64,
    /// What the truth calls it.
    #[serde(default = "order")]
    pub name: String,
    /// The order, with what was known then.
    pub order: Rehearsal,
}

fn order() -> String {
    "order".to_owned()
}

/// Writes the order into the chart, with the results and other orders it speaks of.
pub(super) fn place(fault: &PastOrder, ground: &mut Ground<'_>) -> Result<Placed, FaultError> {
    let patient = fault.stay.patient(ground)?;
    let signed_us = ground.now_us - fault.hours_ago * HOUR_US;
    let order = Rehearsal {
        age: age_of(patient, signed_us).into(),
        sex: patient["gender"].as_str().unwrap_or_default().into(),
        ..fault.order.clone()
    };
    let staged = order.stage(&starting_orderables(), signed_us).map_err(FaultError::Made)?;
    let mut resources = staged.facts.results;
    resources.extend(staged.facts.orders);
    resources.push(signed_order(&staged.order, AUTHOR, signed_us));
    for resource in &mut resources {
        resource["id"] = (ground.new_id)().into();
        resource["subject"] = json!({"reference": format!("Patient/{}", fault.stay.patient.id)});
        resource["encounter"] = json!({"reference": format!("Encounter/{}", fault.stay.id)});
        if resource.get("requester").is_some() {
            resource["requester"] = json!({"display": AUTHOR});
        }
    }
    let signed = resources.last().map(|order| order["id"].clone());
    let facts = json!({"order": signed, "patient": fault.stay.patient.id, "mrn": number_of(patient)});
    let truth = Value::Object([(fault.name.clone(), facts)].into_iter().collect());
    Ok(Placed { resources, truth })
}

fn age_of(patient: &Value, now_us: i64) -> i64 {
    let born = patient["birthDate"].as_str().and_then(crate::calendar::Date::parse);
    born.map_or(0, |born| i64::from(born.age_on(date_of(now_us))))
}
