use platform::ehr::commands::{CommandOutcome, run_command};
use platform::fhir::Context;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::call::Call;
use super::sandboxes::fhir;
use crate::problem::Problem;

/// The fields of the form; which there are depends on the command.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
pub(super) struct Form(Map<String, Value>);

pub(super) fn run(call: &Call<'_>, form: &Form) -> Result<CommandOutcome, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let base_url = fhir(call, call.part("sandbox"));
    let platform = call.platform();
    let context = Context {
        access: &access,
        base_url: &base_url,
        entropy: platform.entropy(),
        limits: &call.app.limits().json,
    };
    Ok(run_command(&context, call.part("name"), &Value::Object(form.0.clone()))?)
}
