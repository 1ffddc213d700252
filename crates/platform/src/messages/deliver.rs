use hospital::systems::Answer;
use serde_json::json;
use store::StoreError;
use store::sandbox::systems::{Message, MessageState};

use super::keep::keep;
use super::settle::{RECEIVED, settle};
use super::take::{refused, take};
use super::way::Way;
use crate::access::Access;
use crate::engine::{self, Origin, Receipt, failure};
use crate::fhir::Context;
use crate::platform::Platform;

/// Hands the first message of a queue to its receiver and writes down what became of it, in one transaction with what the
/// receiver wrote. Where channels listen for the receiver, they take it in its stead.
pub(crate) fn deliver(
    platform: &Platform,
    context: &Context<'_>,
    message: &Message,
) -> Result<(), StoreError> {
    let access = context.access;
    let Some(way) = Way::named(&message.interface) else { return give_up(access, message) };
    let listening = engine::channels_listening(platform, access, &way.system.id).map_err(failure)?;
    if !listening.is_empty() {
        return to_channels(platform, access, &way, &listening, message);
    }
    let done = access.change(RECEIVED, |change| {
        let answer = take(context, change, &way, message)?;
        keep(context, change, way.system, &answer, message.subject.as_deref())?;
        Ok(settle(access, change, &way, message, &answer, MessageState::Delivered)?)
    });
    done.or_else(|error| {
        let answer = refused(error)?;
        access.change(RECEIVED, |change| {
            settle(access, change, &way, message, &answer, MessageState::Delivered)
        })
    })
}

fn to_channels(
    platform: &Platform,
    access: &Access,
    way: &Way,
    channels: &[String],
    message: &Message,
) -> Result<(), StoreError> {
    let origin = Origin {
        system: way.from.clone(),
        source_map: [("interface".to_owned(), json!(way.interface))].into(),
        replay_of: None,
    };
    let taken = engine::take_in(platform, access, channels, &message.body, &origin, |change, receipts| {
        let answer = answer_of(receipts);
        Ok(settle(access, change, way, message, &answer, MessageState::Handed)?)
    });
    taken.map_err(failure)
}

/// What channels answer together: an error as soon as one of them has one.
pub(super) fn answer_of(receipts: &[Receipt]) -> Answer {
    let error = receipts.iter().find_map(|receipt| receipt.error.clone());
    error.map_or_else(|| Answer::accept(Vec::new()), Answer::error)
}

fn give_up(access: &Access, message: &Message) -> Result<(), StoreError> {
    let settled_us = Some(access.virtual_us());
    access.sandbox().change(|change| {
        change.settle_message(&Message { state: MessageState::Refused, settled_us, ..message.clone() })
    })
}
