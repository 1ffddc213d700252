use hospital::systems::{Ack, Answer};
use serde_json::{Value, json};
use standards::hl7::acknowledge::{Code, Stamp, Verdict, acknowledge};
use standards::hl7::finding::{Condition, Finding};
use standards::hl7::message::Message as Hl7;
use store::StoreError;
use store::journal::NewEntry;
use store::sandbox::Change;
use store::sandbox::systems::{Message, MessageState};

use super::answer::moment;
use super::way::Way;
use crate::access::{Access, outcome};

/// The journal kind of messages that arrived, whatever the receiver made of them.
pub(super) const RECEIVED: &str = "hl7.received";

/// Attempts before a message is given up.
const ATTEMPTS_MAX: u32 = 5;
/// The first wait after a failed attempt, doubled with each.
const RETRY_US: i64 = 30_000_000;

/// Writes down what became of an attempt to deliver what waits in a queue: the message's state, and the journal entry. What
/// was not accepted and is no good for ever is tried again later. `accepted` is the state of what was accepted.
pub(super) fn settle(
    access: &Access,
    change: &mut Change<'_>,
    way: &Way,
    message: &Message,
    answer: &Answer,
    accepted: MessageState,
) -> Result<(), StoreError> {
    let attempts = message.attempts + 1;
    let (state, due_us) = match answer.ack {
        Ack::Accept => (accepted, message.due_us),
        Ack::Error if attempts < ATTEMPTS_MAX => {
            (MessageState::Waiting, access.virtual_us() + (RETRY_US << attempts.saturating_sub(1)))
        }
        Ack::Error | Ack::Reject => (MessageState::Refused, message.due_us),
    };
    let settled_us = (state != MessageState::Waiting).then(|| access.virtual_us());
    let settled = Message {
        state,
        attempts,
        due_us,
        settled_us,
        answer: Some(acknowledgement(access, message, answer)),
        ..message.clone()
    };
    change.settle_message(&settled)?;
    note(access, change, way, &settled, answer, Value::Null)
}

/// Journals what a system made of a message, with more particulars where there are some.
pub(super) fn note(
    access: &Access,
    change: &mut Change<'_>,
    way: &Way,
    message: &Message,
    answer: &Answer,
    more: Value,
) -> Result<(), StoreError> {
    let word = match answer.ack {
        Ack::Accept => outcome::OK,
        Ack::Error => "erred",
        Ack::Reject => "rejected",
    };
    let mut detail = json!({
        "interface": way.interface,
        "event": message.event,
        "control_id": message.control_id,
        "attempt": message.attempts,
        "state": message.state.word(),
    });
    if message.seq > 0 {
        detail["message"] = message.seq.into();
    }
    if let Some(reason) = &answer.reason {
        detail["reason"] = reason.as_str().into();
    }
    if let (Some(detail), Value::Object(more)) = (detail.as_object_mut(), more) {
        detail.extend(more);
    }
    let event = access.event(RECEIVED, message.subject.clone(), word, detail);
    change.note(&NewEntry { source: way.from.clone(), target: way.system.id.clone(), ..event }).map(|_| ())
}

/// The acknowledgement as it goes back, in original mode (HL7 v2.5.1, 2.9.2). To bytes that are no message there is none.
pub(super) fn acknowledgement(access: &Access, message: &Message, answer: &Answer) -> Vec<u8> {
    let parsed = Hl7::parse(message.body.clone());
    parsed.map_or_else(|_| Vec::new(), |parsed| acknowledgement_to(access, &parsed, message.seq, answer))
}

/// The acknowledgement of a message, numbered after its place.
pub(super) fn acknowledgement_to(access: &Access, message: &Hl7, seq: i64, answer: &Answer) -> Vec<u8> {
    let time = moment(access.virtual_us());
    let control_id = format!("A{seq:08}");
    let stamp = Stamp { time: &time, control_id: &control_id };
    acknowledge(message, Code::Application(verdict(answer)), &findings(answer), &stamp).into_bytes()
}

/// The verdict that an answer is.
pub(super) fn verdict(answer: &Answer) -> Verdict {
    match answer.ack {
        Ack::Accept => Verdict::Accepted,
        Ack::Error => Verdict::Erred,
        Ack::Reject => Verdict::Rejected,
    }
}

/// The reason of an answer as a finding.
pub(super) fn findings(answer: &Answer) -> Vec<Finding> {
    answer.reason.iter().map(|reason| Finding::whole(Condition::Other, reason)).collect()
}
