use serde_json::{Value, json};
use store::sandbox::channels::Delivery;

use super::error::InterfaceError;
use super::names::{CHANNEL, MANAGE};
use super::receive::{Origin, Receipt, receive};
use crate::access::{Access, outcome};
use crate::ehr::roles::working;
use crate::platform::Platform;

/// A message to be taken in again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReplayOf {
    /// The message.
    pub message: i64,
}

/// Takes a message in again as it came, through the version of its channel that runs now (Mirth's "reprocess").
///
/// # Errors
/// When there is no such message, its channel is not started, the role may not, or the store fails.
pub fn replay(platform: &Platform, access: &Access, of: ReplayOf) -> Result<Receipt, InterfaceError> {
    working(access)?.check(MANAGE)?;
    let found = access.sandbox().view(|view| view.channel_message(of.message))?;
    let message = found.ok_or(InterfaceError::NoMessage(of.message))?;
    let maps: Value = serde_json::from_str(&message.maps).unwrap_or_default();
    let source_map = serde_json::from_value(maps["source"].clone()).unwrap_or_default();
    let origin = Origin { system: "interface engine".to_owned(), source_map, replay_of: Some(message.id) };
    receive(platform, access, &message.channel, &message.raw, &origin)
}

/// Puts dead letters of a message back into their queues, as they are: for a receiver that was down, not for a channel that
/// was wrong. Returns how many there were.
///
/// # Errors
/// When there is no such message, the role may not, or the store fails.
pub fn retry(access: &Access, message: i64) -> Result<usize, InterfaceError> {
    let by = working(access)?;
    by.check(MANAGE)?;
    if access.sandbox().view(|view| view.channel_message(message))?.is_none() {
        return Err(InterfaceError::NoMessage(message));
    }
    access.change(CHANNEL, |change| {
        let deliveries = change.view().deliveries(message)?;
        let dead = deliveries.into_iter().filter(|one| one.state != "SENT" && one.payload.is_some());
        let mut count = 0;
        for delivery in dead {
            let due_us = access.virtual_us();
            let queued =
                Delivery { state: "QUEUED".to_owned(), attempts: 0, due_us, settled_us: None, ..delivery };
            change.settle_delivery(&queued)?;
            count += 1;
        }
        let detail = json!({"act": "retry", "message": message, "count": count, "role": by.role});
        change.note(&access.event(CHANNEL, None, outcome::OK, detail))?;
        Ok(count)
    })
}
