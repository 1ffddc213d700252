use hospital::systems::{Ack, Answer};
use serde_json::Value;
use standards::hl7::message::Message as Hl7;
use store::StoreError;
use store::sandbox::Change;
use store::sandbox::systems::{Message, MessageState, NewMessage};

use super::keep::{keep, patient};
use super::settle::{RECEIVED, acknowledgement, note};
use super::take::{refused, take};
use super::way::Way;
use crate::access::Access;
use crate::ehr::commands::CommandError;
use crate::fhir::Context;

/// A message that stands before a system: from outside, or from a channel. Whoever sent it keeps it until it is accepted.
pub(super) struct Reaching<'a> {
    pub(super) way: &'a Way,
    pub(super) message: &'a Hl7,
    /// What the journal says beside the usual.
    pub(super) more: Value,
}

/// Lets the system take the message, unless `judged` says already what it answers. What it accepts or rejects is kept as it
/// came; of what it may accept later only the journal tells. All of it is one transaction.
pub(super) fn reach(
    context: &Context<'_>,
    reaching: &Reaching<'_>,
    judged: Option<&Answer>,
) -> Result<Answer, StoreError> {
    let access = context.access;
    let done = access.change(RECEIVED, |change| {
        let message = arrived(context, change, reaching)?;
        let answer = match judged {
            Some(answer) => answer.clone(),
            None => take(context, change, reaching.way, &message)?,
        };
        write_down(context, change, reaching, message, &answer)?;
        Ok::<_, CommandError>(answer)
    });
    done.or_else(|error| {
        let answer = refused(error)?;
        access.change(RECEIVED, |change| {
            let message = arrived(context, change, reaching)?;
            write_down(context, change, reaching, message, &answer)
        })?;
        Ok(answer)
    })
}

/// Why nothing comes through an interface now, if that is so.
pub(super) fn closed(access: &Access, way: &Way) -> Result<Option<String>, StoreError> {
    let standings = access.sandbox().view(|view| view.standings())?;
    let standing = standings.into_iter().find(|standing| standing.interface == way.interface);
    Ok(standing.map(|standing| format!("{} is {}: {}", way.interface, standing.standing, standing.reason)))
}

fn arrived(
    context: &Context<'_>,
    change: &Change<'_>,
    Reaching { way, message, .. }: &Reaching<'_>,
) -> Result<Message, StoreError> {
    let now_us = context.access.virtual_us();
    let number =
        message.segment("PID").and_then(|segment| segment.field(3)).and_then(|field| field.component(1));
    let mrn = number.map(|number| number.text()).unwrap_or_default();
    Ok(Message {
        seq: 0,
        interface: way.interface.clone(),
        control_id: message.control_id(),
        event: message.kind(),
        subject: patient(context, change.view(), &mrn)?,
        body: message.bytes().to_vec(),
        state: MessageState::Waiting,
        attempts: 1,
        due_us: now_us,
        queued_us: now_us,
        settled_us: None,
        answer: None,
    })
}

fn write_down(
    context: &Context<'_>,
    change: &mut Change<'_>,
    reaching: &Reaching<'_>,
    message: Message,
    answer: &Answer,
) -> Result<(), StoreError> {
    let Reaching { way, more, .. } = reaching;
    let access = context.access;
    let state = match answer.ack {
        Ack::Error => return note(access, change, way, &message, answer, more.clone()),
        Ack::Accept => MessageState::Delivered,
        Ack::Reject => MessageState::Refused,
    };
    let seq = change.queue_message(&NewMessage {
        interface: &message.interface,
        control_id: &message.control_id,
        event: &message.event,
        subject: message.subject.as_deref(),
        body: &message.body,
        state,
        due_us: message.due_us,
        queued_us: message.queued_us,
    })?;
    let message = Message { seq, state, settled_us: Some(message.queued_us), ..message };
    let ack = acknowledgement(access, &message, answer);
    let message = Message { answer: Some(ack), ..message };
    change.settle_message(&message)?;
    keep(context, change, way.system, answer, message.subject.as_deref())?;
    note(access, change, way, &message, answer, more.clone())
}
