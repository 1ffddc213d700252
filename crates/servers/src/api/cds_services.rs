//! The hospital's own services of decision support, as CDS Hooks 2.0 has them.

use platform::cds_services::{answer, discover as services, record_feedback};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::call::Call;
use crate::problem::Problem;

/// An object of CDS Hooks 2.0, whose members the standard names.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(transparent)]
pub(super) struct CdsHooksObject(Map<String, Value>);

pub(super) fn discover(call: &Call<'_>) -> Result<CdsHooksObject, Problem> {
    Ok(CdsHooksObject(services(call.platform(), &call.enter(call.part("sandbox"))?)?))
}

pub(super) fn call(call: &Call<'_>, asked: &CdsHooksObject) -> Result<CdsHooksObject, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let body = Value::Object(asked.0.clone());
    Ok(CdsHooksObject(answer(call.platform(), &access, call.part("name"), &body)?))
}

pub(super) fn tell(call: &Call<'_>, told: &CdsHooksObject) -> Result<CdsHooksObject, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    record_feedback(&access, call.part("name"), &Value::Object(told.0.clone()))?;
    Ok(CdsHooksObject::default())
}
