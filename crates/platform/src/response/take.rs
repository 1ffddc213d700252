use identity::scope::Scopes;
use security::response::Measure;
use serde_json::{Value, json};
use store::StoreError;
use store::sandbox::Change;

use super::error::ResponseError;
use super::kept::{InForce, find, keep};
use super::segments::crossing;
use crate::access::{Access, outcome};
use crate::cds_client::is_called;
use crate::cds_services::is_offered;
use crate::identity::{end_account, end_client, hold_to_patient, narrow, require_code};
use crate::live::InterfaceChange;
use crate::messages::is_interface;
use crate::platform::Platform;
use crate::topology::topology;

/// Takes a measure, whose effect is there when this returns.
///
/// # Errors
/// When it makes no sense, is in force already, or there is nothing that it is about.
pub fn take(platform: &Platform, access: &Access, measure: &Measure) -> Result<(), ResponseError> {
    measure.check()?;
    if access.sandbox().view(|view| find(view, &measure.key()))?.is_some() {
        let what = format!("this is in force already: {} Lift it first", measure.sentence());
        return Err(ResponseError::Invalid(what));
    }
    match measure {
        Measure::StopInterface { interface } => {
            platform.change_interface(access, interface, &InterfaceChange::Stop)?;
        }
        Measure::RotateKey => platform.rotate_key(access)?,
        _ => {}
    }
    let held = hold(platform, access, measure)?;
    access.change("response.taken", |change| {
        let (before, more) = match &held {
            Some(held) => (json!({"held": held}), vec![("held", json!(held))]),
            None => carry_out(platform, access, change, measure)?,
        };
        if !measure.is_once() {
            let (by, since_us) = (access.actor().to_owned(), access.virtual_us());
            keep(change, access, &InForce { measure: measure.clone(), by, since_us, before })?;
        }
        let mut detail = json!({"measure": measure.word(), "on": measure.target()});
        for (name, value) in more {
            detail[name] = value;
        }
        change.note(&access.event("response.taken", None, outcome::OK, detail))?;
        Ok(())
    })
}

/// Stops the interfaces between the systems of a segment and others, which carried something until now. Nothing, where the
/// measure is about something else.
fn hold(
    platform: &Platform,
    access: &Access,
    measure: &Measure,
) -> Result<Option<Vec<String>>, ResponseError> {
    let Measure::IsolateSegment { segment, allow } = measure else { return Ok(None) };
    if topology().segment(segment).is_none() {
        let known: Vec<&str> = topology().segments.iter().map(|segment| segment.id.as_str()).collect();
        let what = format!("there is no segment '{segment}'; there are {}", known.join(", "));
        return Err(ResponseError::Invalid(what));
    }
    let standings = access.sandbox().view(|view| view.standings())?;
    let is_up = |id: &str| standings.iter().all(|standing| standing.interface != id);
    let cut = crossing(segment, allow).map(|interface| interface.id.clone());
    let held: Vec<String> = cut.filter(|id| is_up(id)).collect();
    held.iter().try_for_each(|id| platform.change_interface(access, id, &InterfaceChange::Stop))?;
    Ok(Some(held))
}

type Done = (Value, Vec<(&'static str, Value)>);

/// What it changes at once: what was before, for lifting it, and what the journal says of it.
fn carry_out(
    platform: &Platform,
    access: &Access,
    change: &Change<'_>,
    measure: &Measure,
) -> Result<Done, ResponseError> {
    let nobody = |what: &str| ResponseError::Invalid(format!("there is no {what} at the identity provider"));
    Ok(match measure {
        Measure::DisableAccount { login } => {
            let known = platform.knows_user(change.view(), login)?;
            known.then_some(()).ok_or_else(|| nobody(&format!("account {login}")))?;
            (Value::Null, vec![("ended", json!(end_account(change, access, login)?))])
        }
        Measure::EndSessions { login } => {
            (Value::Null, vec![("ended", json!(end_account(change, access, login)?))])
        }
        Measure::EndTokens { client } => {
            (Value::Null, vec![("ended", json!(end_client(change, access, client)?))])
        }
        Measure::RequireCode { who } => {
            let (given, meant_any) = require_code(change, access, who, platform.entropy())?;
            meant_any.then_some(()).ok_or_else(|| nobody(&format!("account of {who}")))?;
            let count = given.len();
            (json!({"codes": given}), vec![("accounts", json!(count))])
        }
        Measure::NarrowClient { client, scopes } => {
            let (scopes, unknown) = Scopes::read(scopes);
            if scopes.is_empty() || !unknown.is_empty() {
                let what = "scopes: as SMART has them, such as user/Patient.rs user/Observation.rs";
                return Err(ResponseError::Invalid(what.to_owned()));
            }
            let before = narrow(change, access, client, &scopes)?;
            let before = before.ok_or_else(|| nobody(&format!("app {client}")))?;
            (json!({"scopes": before}), vec![("scopes", json!(scopes))])
        }
        Measure::HoldToPatient { client } => {
            let before = hold_to_patient(change, access, client, true)?;
            let before = before.ok_or_else(|| nobody(&format!("app {client}")))?;
            if !before {
                let what = format!("the app {client} is held to the patient already");
                return Err(ResponseError::Invalid(what));
            }
            (Value::Null, Vec::new())
        }
        Measure::StopService { service } => {
            let known = is_offered(service) || is_called(change.view(), service)?;
            let what = || ResponseError::Invalid(format!("no service '{service}' is offered or called here"));
            known.then_some((Value::Null, Vec::new())).ok_or_else(what)?
        }
        Measure::RequireCertificate { interface } => {
            let what =
                || ResponseError::Invalid(format!("there is no interface '{interface}'; look at the map"));
            is_interface(interface).then_some((Value::Null, Vec::new())).ok_or_else(what)?
        }
        Measure::AllowCallers { callers } => (Value::Null, vec![("callers", json!(callers))]),
        Measure::AllowSenders { system, senders } => {
            let what = || ResponseError::Invalid(format!("there is no system '{system}'; look at the map"));
            topology().system(system).ok_or_else(what)?;
            (Value::Null, vec![("senders", json!(senders))])
        }
        Measure::LimitRoute { per_minute, .. } => (Value::Null, vec![("per_minute", json!(per_minute))]),
        Measure::BlockAddress { .. }
        | Measure::FreezeExport
        | Measure::StopInterface { .. }
        | Measure::IsolateSegment { .. }
        | Measure::RotateKey => (Value::Null, Vec::new()),
    })
}

/// The scopes that an app had before it was narrowed.
pub(super) fn scopes_before(before: &Value) -> Result<Option<Scopes>, StoreError> {
    serde_json::from_value(before["scopes"].clone())
        .map_err(|error| StoreError::Damaged { what: format!("the scopes an app had before: {error}") })
}
