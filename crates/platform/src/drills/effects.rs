//! What injects and commands do to the hospital.

use hospital::topology::Interface;
use scenarios::model::Effect;
use security::response::Measure;
use serde_json::{Value, json};
use store::StoreError;
use store::sandbox::systems::{Message, MessageState};

use super::error::DrillError;
use super::failed::{fail, recover};
use super::readings::is_meant;
use super::records::{lock, restore, write};
use super::standby::{copy, serve_copy};
use crate::access::{Access, outcome};
use crate::live::InterfaceChange;
use crate::messages::lose_all;
use crate::platform::Platform;
use crate::response::{ResponseError, lift, take};
use crate::topology::topology;

/// Messages of one interface that are looked at.
const MESSAGES_MAX: usize = 10_000;

/// Carries out an effect at the time of `access`; `begun_us` is when the drill began. What is so already stays so.
pub(super) fn carry_out(
    platform: &Platform,
    access: &Access,
    begun_us: i64,
    effect: &Effect,
) -> Result<(), DrillError> {
    match effect {
        Effect::Fail { system, reason } => fail(access, system, reason)?,
        Effect::Recover { system, held } => recover(access, system, *held)?,
        Effect::Copy => copy(access)?,
        Effect::ServeCopy => serve_copy(access)?,
        Effect::Stop { interfaces } => turn(platform, access, interfaces, None, &InterfaceChange::Stop)?,
        Effect::Open { interfaces } => {
            turn(platform, access, interfaces, Some("stopped"), &InterfaceChange::Start)?;
        }
        Effect::Swallow { interfaces } => swallow(access, interfaces, true)?,
        Effect::Mend { interfaces } => swallow(access, interfaces, false)?,
        Effect::Purge { interfaces } => settle(access, interfaces, "interface.purged", purged)?,
        Effect::Resend { interfaces } => settle(access, interfaces, "interface.resent", sent_again)?,
        Effect::Measure { measure } => measured(take(platform, access, &read(measure)?))?,
        Effect::Lift { measure } => measured(lift(platform, access, &read(measure)?.key()))?,
        Effect::Lock { account, records, count } => lock(platform, access, account, records, *count)?,
        Effect::Write { account, records, count } => write(platform, access, account, records, *count)?,
        Effect::Restore { accounts } => restore(platform, access, begun_us, accounts)?,
    }
    Ok(())
}

fn read(measure: &Value) -> Result<Measure, DrillError> {
    serde_json::from_value(measure.clone())
        .map_err(|error| DrillError::Refused(format!("the scenario names no measure of the desk: {error}")))
}

/// A measure that is in force already, or is not, is no failure of the drill.
fn measured(done: Result<(), ResponseError>) -> Result<(), DrillError> {
    match done {
        Ok(()) | Err(ResponseError::Invalid(_)) => Ok(()),
        Err(error) => Err(DrillError::Refused(error.to_string())),
    }
}

fn meant(names: &[String]) -> impl Iterator<Item = &'static Interface> {
    let all = topology().interfaces.iter();
    all.filter(|interface| names.iter().any(|name| is_meant(name, &interface.id)))
}

/// Stops what carries messages, or starts what was stopped, as anybody does on the map.
fn turn(
    platform: &Platform,
    access: &Access,
    names: &[String],
    from: Option<&str>,
    change: &InterfaceChange,
) -> Result<(), DrillError> {
    let standings = access.sandbox().view(|view| view.standings())?;
    let standing =
        |id: &str| standings.iter().find(|one| one.interface == id).map(|one| one.standing.as_str());
    for interface in meant(names).filter(|one| standing(&one.id) == from) {
        platform.change_interface(access, &interface.id, change)?;
    }
    Ok(())
}

/// Lets interfaces lose whatever sets out over them, or no longer.
fn swallow(access: &Access, names: &[String], swallows: bool) -> Result<(), StoreError> {
    access.change("interface.changed", |change| {
        for interface in meant(names) {
            lose_all(change, &interface.id, swallows, access.virtual_us())?;
            let detail = json!({"interface": interface.id, "swallows": swallows});
            change.note(&access.event("interface.changed", None, outcome::OK, detail))?;
        }
        Ok(())
    })
}

/// Puts messages into another state, and notes how many on which interface.
fn settle(
    access: &Access,
    names: &[String],
    kind: &str,
    after: fn(Message, i64) -> Option<Message>,
) -> Result<(), StoreError> {
    let now_us = access.virtual_us();
    access.change("interface.changed", |change| {
        for interface in meant(names) {
            let messages = change.view().messages(&interface.id, MESSAGES_MAX)?;
            let changed: Vec<Message> = messages.into_iter().filter_map(|one| after(one, now_us)).collect();
            for message in &changed {
                change.settle_message(message)?;
            }
            if !changed.is_empty() {
                let detail = json!({"interface": interface.id, "messages": changed.len()});
                change.note(&access.event(kind, None, outcome::OK, detail))?;
            }
        }
        Ok(())
    })
}

fn purged(message: Message, now_us: i64) -> Option<Message> {
    let waits = message.state == MessageState::Waiting;
    waits.then_some(Message { state: MessageState::Lost, settled_us: Some(now_us), ..message })
}

fn sent_again(message: Message, now_us: i64) -> Option<Message> {
    let failed = matches!(message.state, MessageState::Refused | MessageState::Lost);
    failed.then_some(Message {
        state: MessageState::Waiting,
        attempts: 0,
        due_us: now_us,
        settled_us: None,
        ..message
    })
}
