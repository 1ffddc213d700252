use channels::diff::{Difference, messages};
use standards::hl7::message::{Message, Path};
use store::sandbox::channels::{ChannelMessage, Delivery, MessageQuery};

use super::error::InterfaceError;
use super::names::VIEW;
use crate::access::Access;
use crate::ehr::roles::working;

/// Messages that are looked through for a field at most; those before them are left for another page.
const LOOKED_THROUGH_MAX: usize = 2_000;

/// A message with what went to its destinations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageView {
    /// The message.
    pub message: ChannelMessage,
    /// Its deliveries, in the order of the channel.
    pub deliveries: Vec<Delivery>,
}

/// The messages that match, newest first. With `field`, only those that hold the value at the path (`PID-3.1`, `10000017`).
///
/// # Errors
/// When the role may not look, or the store fails.
pub fn find_messages(
    access: &Access,
    query: &MessageQuery,
    field: Option<(&Path, &str)>,
) -> Result<Vec<MessageView>, InterfaceError> {
    working(access)?.check(VIEW)?;
    let wide = MessageQuery {
        limit: if field.is_some() { LOOKED_THROUGH_MAX } else { query.limit },
        ..query.clone()
    };
    access.sandbox().view(|view| {
        let found = view.find_channel_messages(&wide)?.into_iter();
        let holds = |message: &ChannelMessage| {
            field.is_none_or(|(path, value)| {
                let read = Message::parse(message.raw.as_slice()).ok();
                read.and_then(|read| read.get(path)).is_some_and(|found| found == value)
            })
        };
        let kept = found.filter(holds).take(query.limit);
        kept.map(|message| Ok(MessageView { deliveries: view.deliveries(message.id)?, message })).collect()
    })
}

/// One message.
///
/// # Errors
/// When there is none, the role may not look, or the store fails.
pub fn message(access: &Access, id: i64) -> Result<MessageView, InterfaceError> {
    working(access)?.check(VIEW)?;
    access.sandbox().view(|view| {
        let message = view.channel_message(id)?.ok_or(InterfaceError::NoMessage(id))?;
        Ok(MessageView { deliveries: view.deliveries(id)?, message })
    })
}

/// The fields at which two messages differ as they came.
///
/// # Errors
/// As [`message`].
pub fn message_diff(access: &Access, old: i64, new: i64) -> Result<Vec<Difference>, InterfaceError> {
    let (old, new) = (message(access, old)?, message(access, new)?);
    Ok(messages(&old.message.raw, &new.message.raw))
}
