use hospital::systems::{Ack, Answer, Envelope, Record, Sent, acknowledgement, come_due, receive, reported};
use hospital::topology::{Interface, System, SystemKind};
use serde_json::json;
use standards::hl7::message::Message as Hl7;
use store::StoreError;
use store::journal::NewEntry;
use store::sandbox::systems::{Message, MessageState, SystemRecord};
use store::sandbox::{Change, View};

use super::holdings::Holdings;
use super::queue::queue;
use super::topology::topology;
use crate::access::outcome;
use crate::ehr::commands::{CommandError, file_report};
use crate::fhir::{Context, Refusal};

/// The journal kind of messages that arrived, whatever the receiver made of them.
pub(super) const RECEIVED: &str = "hl7.received";

/// Attempts before a message is given up.
const ATTEMPTS_MAX: u32 = 5;
/// The first wait after a failed attempt, doubled with each.
const RETRY_US: i64 = 30_000_000;

/// Hands a message to its receiver and writes down what became of it, in one transaction with what the receiver wrote.
pub(super) fn deliver(context: &Context<'_>, message: &Message) -> Result<(), StoreError> {
    let done = context.access.change(RECEIVED, |change| attempt(context, change, message));
    match done {
        Ok(()) => Ok(()),
        Err(CommandError::Fhir(error)) if error.refusal == Refusal::Internal => {
            Err(StoreError::Conflict { what: error.to_string() })
        }
        // What the chart refuses it has not written; the refusal is written down on its own.
        Err(refusal) => context
            .access
            .change(RECEIVED, |change| settle(context, change, message, &Answer::error(refusal.to_string()))),
    }
}

fn attempt(context: &Context<'_>, change: &mut Change<'_>, message: &Message) -> Result<(), CommandError> {
    let answer = match (Hl7::parse(message.body.clone()), receiver(message)) {
        (Err(error), _) => Answer::reject(error.to_string()),
        (_, None) => Answer::reject("there is no such interface".to_owned()),
        // The same control id again is the same message again: acknowledged, and not worked on twice.
        (Ok(_), _) if change.view().message_delivered_before(message)? => Answer::accept(Vec::new()),
        (Ok(parsed), Some((interface, system))) if system.kind == SystemKind::Ehr => {
            file(context, change, interface, &parsed)?
        }
        (Ok(parsed), Some((_, system))) => asked(change.view(), system, |holdings| {
            receive(system, &parsed, holdings, context.access.virtual_us())
        })?,
    };
    Ok(settle(context, change, message, &answer)?)
}

/// What the chart makes of a message: it files results.
fn file(
    context: &Context<'_>,
    change: &mut Change<'_>,
    interface: &'static Interface,
    message: &Hl7,
) -> Result<Answer, CommandError> {
    if message.kind() != "ORU^R01" {
        return Ok(Answer::reject(format!("EHR does not take {}", message.kind())));
    }
    match reported(message) {
        Err(reason) => Ok(Answer::error(reason)),
        Ok(report) => {
            let sender = context.access.acting_as(&interface.from, &interface.from);
            file_report(&Context { access: &sender, ..*context }, change, &report)?;
            Ok(Answer::accept(Vec::new()))
        }
    }
}

/// The interface a message goes over, and who receives it.
fn receiver(message: &Message) -> Option<(&'static Interface, &'static System)> {
    let interface = topology().interface(&message.interface)?;
    Some((interface, topology().system(&interface.to)?))
}

fn asked(
    view: View<'_>,
    system: &System,
    ask: impl FnOnce(&Holdings<'_>) -> Answer,
) -> Result<Answer, StoreError> {
    let holdings = Holdings::of(view, store_of(system));
    let answer = ask(&holdings);
    holdings.into_error().map_or(Ok(answer), Err)
}

/// Where a system keeps its records.
pub(super) fn store_of(system: &System) -> &str {
    system.store.as_deref().unwrap_or(&system.id)
}

/// What an order's system does when its time has come.
pub(super) fn report(context: &Context<'_>, due: &SystemRecord) -> Result<(), StoreError> {
    let access = context.access;
    access.change(super::queue::QUEUED, |change| {
        change.settle_system_record(due)?;
        let Some(system) = topology().system(&due.system) else { return Ok(()) };
        let answer = asked(change.view(), system, |holdings| {
            come_due(system, &due.key, holdings, access.virtual_us())
        })?;
        keep(context, change, system, &answer, None)
    })
}

/// Writes a system's records down, and queues what it sends.
fn keep(
    context: &Context<'_>,
    change: &mut Change<'_>,
    system: &System,
    answer: &Answer,
    subject: Option<&str>,
) -> Result<(), StoreError> {
    let updated_us = context.access.virtual_us();
    for Record { kind, key, body, due_us } in &answer.records {
        change.put_system_record(&SystemRecord {
            system: store_of(system).to_owned(),
            kind: (*kind).to_owned(),
            key: key.clone(),
            body: body.to_string(),
            due_us: *due_us,
            updated_us,
        })?;
    }
    for sent in &answer.sends {
        let found = match subject {
            Some(subject) => Some(subject.to_owned()),
            None => patient_of(context, change.view(), sent)?,
        };
        queue(context.access, change, &system.id, sent, found.as_deref())?;
    }
    Ok(())
}

/// Whose chart has the MRN that a message is about.
fn patient_of(context: &Context<'_>, view: View<'_>, sent: &Sent) -> Result<Option<String>, StoreError> {
    let number = format!("{}|{}", hospital::population::MRN_SYSTEM, sent.mrn);
    let found =
        crate::ehr::lookup::find(view, context.access.virtual_us(), "Patient", &[("identifier", &number)])?;
    Ok(found.first().and_then(|patient| patient["id"].as_str()).and_then(crate::ehr::lookup::subject))
}

/// Writes down what became of an attempt: records, what is sent on, the message's state, and the journal entry.
fn settle(
    context: &Context<'_>,
    change: &mut Change<'_>,
    message: &Message,
    answer: &Answer,
) -> Result<(), StoreError> {
    let access = context.access;
    let Some((interface, system)) = receiver(message) else {
        let gone = Message {
            state: MessageState::Refused,
            settled_us: Some(access.virtual_us()),
            ..message.clone()
        };
        return change.settle_message(&gone);
    };
    if answer.ack == Ack::Accept {
        keep(context, change, system, answer, message.subject.as_deref())?;
    }
    let attempts = message.attempts + 1;
    let (state, due_us) = match answer.ack {
        Ack::Accept => (MessageState::Delivered, message.due_us),
        Ack::Error if attempts < ATTEMPTS_MAX => {
            (MessageState::Waiting, access.virtual_us() + (RETRY_US << attempts.saturating_sub(1)))
        }
        Ack::Error | Ack::Reject => (MessageState::Refused, message.due_us),
    };
    let settled_us = (state != MessageState::Waiting).then(|| access.virtual_us());
    let ack = written(access.virtual_us(), interface, message, answer);
    change.settle_message(&Message {
        state,
        attempts,
        due_us,
        settled_us,
        answer: Some(ack.into_bytes()),
        ..message.clone()
    })?;
    let word = if answer.ack == Ack::Accept { outcome::OK } else { answer.ack.code() };
    let mut detail = json!({
        "interface": interface.id,
        "event": message.event,
        "control_id": message.control_id,
        "message": message.seq,
        "attempt": attempts,
        "state": state.word(),
    });
    if let Some(reason) = &answer.reason {
        detail["reason"] = reason.as_str().into();
    }
    let event = access.event(RECEIVED, message.subject.clone(), word, detail);
    let (source, target) = (interface.from.clone(), interface.to.clone());
    change.note(&NewEntry { source, target, ..event }).map(|_| ())
}

/// The acknowledgement as it goes back.
fn written(now_us: i64, interface: &Interface, message: &Message, answer: &Answer) -> String {
    let control_id = format!("A{:08}", message.seq);
    let envelope = Envelope {
        from: &interface.to,
        to: &interface.from,
        facility: &topology().facility,
        version: interface.version.as_deref().unwrap_or("2.5.1"),
        control_id: &control_id,
        now_us,
    };
    let trigger = message.event.split_once('^').map_or("", |(_, trigger)| trigger);
    acknowledgement(&envelope, trigger, &message.control_id, answer.ack, answer.reason.as_deref())
}
