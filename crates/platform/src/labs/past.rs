//! The points of its past that a lab can be taken back to.

use std::collections::BTreeMap;

use serde_json::json;
use store::sandbox::Sandbox;
use training::attempt::{Progress, step_snapshot};
use training::lab::Variant;

use super::error::LabError;
use crate::access::{Access, outcome};

/// The snapshot of a lab's start.
pub(crate) const START: &str = "start";
/// The fact that says which steps have begun, and at which of the hospital's times.
const STEPS: &str = "steps";

/// Whether a snapshot name belongs to labs.
pub(crate) fn is_own_snapshot(name: &str) -> bool {
    name == START || name.starts_with("step-")
}

/// The steps that have begun, with the hospital's time then. What a return takes back, it takes back here too.
pub(super) fn begun_steps(sandbox: &Sandbox) -> Result<BTreeMap<String, i64>, LabError> {
    let text = sandbox.fact(STEPS)?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// Marks the steps that begin now, because all before them are done, and keeps the hospital as each of them found it.
/// The first begins with the lab and needs no mark.
pub(super) fn begin_steps(access: &Access, variant: &Variant, progress: &Progress) -> Result<(), LabError> {
    let mut begun = begun_steps(access.sandbox())?;
    let done = progress.steps.iter().take_while(|step| step.done()).count();
    for step in variant.steps.iter().take(done + 1).skip(1) {
        if begun.contains_key(&step.id) {
            continue;
        }
        begun.insert(step.id.clone(), access.virtual_us());
        let event = access.event("lab.step", None, outcome::OK, json!({"step": step.id}));
        access.sandbox().set_fact(STEPS, &json!(begun).to_string(), &event)?;
        take(access, &step_snapshot(&step.id))?;
    }
    Ok(())
}

/// Keeps the hospital as it is now.
pub(super) fn take(access: &Access, name: &str) -> Result<(), LabError> {
    let event = access.event("sandbox.snapshot", None, outcome::OK, json!({"name": name}));
    Ok(access.sandbox().take_snapshot(name, &event)?)
}
