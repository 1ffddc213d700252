use security::response::Measure;
use serde_json::json;

use super::error::ResponseError;
use super::kept::{InForce, all, find, forget, keep};
use super::segments::crosses;
use super::take::scopes_before;
use crate::access::{Access, outcome};
use crate::identity::{drop_codes, hold_to_patient, widen};
use crate::live::InterfaceChange;
use crate::platform::Platform;
use crate::sandboxes::SandboxError;

/// Lifts the measure of this key: everything is as it was before it, but for sessions and tokens, which begin anew when
/// somebody signs in.
///
/// # Errors
/// When no such measure is in force.
pub fn lift(platform: &Platform, access: &Access, key: &str) -> Result<(), ResponseError> {
    let found = access.sandbox().view(|view| find(view, key))?;
    let InForce { measure, before, .. } =
        found.ok_or_else(|| ResponseError::Invalid(format!("no measure '{key}' is in force")))?;
    let mut others = access.sandbox().view(all)?;
    others.retain(|one| one.measure != measure);
    let held: Vec<String> = match &measure {
        Measure::StopInterface { interface } => vec![interface.clone()],
        _ => serde_json::from_value(before["held"].clone()).unwrap_or_default(),
    };
    for interface in &held {
        release(platform, access, &mut others, interface)?;
    }
    access.change("response.lifted", |change| {
        match &measure {
            Measure::RequireCode { .. } => {
                let logins: Vec<String> = serde_json::from_value(before["codes"].clone()).unwrap_or_default();
                drop_codes(change, access, &logins)?;
            }
            // It is taken only where it was left to the app.
            Measure::HoldToPatient { client } => drop(hold_to_patient(change, access, client, false)?),
            Measure::NarrowClient { client, .. } => widen(change, access, client, scopes_before(&before)?)?,
            _ => {}
        }
        if !held.is_empty() {
            others.iter().try_for_each(|one| keep(change, access, one))?;
        }
        forget(change, key)?;
        let detail = json!({"measure": measure.word(), "on": measure.target()});
        change.note(&access.event("response.lifted", None, outcome::OK, detail))?;
        Ok(())
    })
}

/// Lets an interface carry messages again. Where another measure holds it too, that one lets it go later; what is broken for
/// another reason stays so.
fn release(
    platform: &Platform,
    access: &Access,
    others: &mut [InForce],
    interface: &str,
) -> Result<(), ResponseError> {
    let stops = |one: &InForce| matches!(&one.measure, Measure::StopInterface { interface: other } if other == interface);
    if others.iter().any(stops) {
        return Ok(());
    }
    let holds = |one: &&mut InForce| match &one.measure {
        Measure::IsolateSegment { segment, allow } => crosses(interface, segment, allow),
        _ => false,
    };
    if let Some(held) = others.iter_mut().find(holds).map(|one| &mut one.before["held"]) {
        match held.as_array_mut() {
            Some(all) => all.push(interface.into()),
            None => *held = json!([interface]),
        }
        return Ok(());
    }
    match platform.change_interface(access, interface, &InterfaceChange::Start) {
        Ok(()) | Err(SandboxError::Invalid(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
