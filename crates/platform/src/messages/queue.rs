use hospital::messages::Interface as Speech;
use hospital::systems::Sent;
use hospital::topology::{Interface, Protocol};
use serde_json::{Value, json};
use standards::hl7::message::Message;
use store::StoreError;
use store::journal::NewEntry;
use store::sandbox::Change;
use store::sandbox::systems::NewMessage;

use super::answer::moment;
use super::transit::strike;
use crate::access::{Access, outcome};
use crate::topology::topology;

/// The journal kind of messages that set out.
pub(super) const QUEUED: &str = "hl7.queued";
/// The journal kind of messages that could not be written, which a change never fails for.
const UNWRITTEN: &str = "hl7.unwritten";

/// Queues what `from` sends on every interface that carries it. Returns how many copies set out.
pub(super) fn queue(
    access: &Access,
    change: &mut Change<'_>,
    from: &str,
    sent: &Sent,
    subject: Option<&str>,
) -> Result<usize, StoreError> {
    let topology = topology();
    let all = topology.carrying(from, sent.event);
    let interfaces: Vec<&Interface> = all.filter(|one| one.protocol == Protocol::Mllp).collect();
    let (mut copies, mut unwritten) = (Vec::with_capacity(interfaces.len()), Vec::new());
    for interface in interfaces {
        let control_id = format!("P{:08}", change.next_message_seq()?);
        let speech = Speech::planned(interface, &topology.facility);
        match sent.write(&speech, &control_id, access.actor(), access.virtual_us()) {
            Ok(message) => {
                set_out(access, change, interface, &control_id, sent.event, subject, &message)?;
                copies.push(json!({"interface": interface.id, "control_id": control_id}));
            }
            Err(why) => unwritten.push(json!({"interface": interface.id, "reason": why.to_string()})),
        }
    }
    let count = copies.len();
    let mut note = |kind: &str, ended: &str, messages: Vec<Value>| {
        if messages.is_empty() {
            return Ok(());
        }
        let detail = json!({"event": sent.event, "messages": messages});
        let event = access.event(kind, subject.map(str::to_owned), ended, detail);
        change.note(&NewEntry { source: from.to_owned(), target: "ENGINE".to_owned(), ..event }).map(|_| ())
    };
    note(QUEUED, outcome::OK, copies)?;
    note(UNWRITTEN, "error", unwritten)?;
    Ok(count)
}

/// Queues what somebody wrote by hand, segments after MSH, on every interface that carries such an event from `from`. Returns
/// how many copies set out; bytes that are no message set out nowhere.
pub(crate) fn queue_by_hand(
    access: &Access,
    change: &Change<'_>,
    (from, event): (&str, &str),
    segments: &str,
    subject: Option<&str>,
) -> Result<usize, StoreError> {
    let topology = topology();
    let mut count = 0;
    for interface in topology.carrying(from, event).filter(|one| one.protocol == Protocol::Mllp) {
        let control_id = format!("P{:08}", change.next_message_seq()?);
        let (facility, time) = (&topology.facility, moment(access.virtual_us()));
        let version = interface.version.as_deref().unwrap_or("2.5.1");
        let header = format!(
            "MSH|^~\\&|{from}|{facility}|{}|{facility}|{time}||{event}|{control_id}|P|{version}\r",
            interface.to
        );
        if let Ok(message) = Message::parse(format!("{header}{segments}").into_bytes()) {
            set_out(access, change, interface, &control_id, event, subject, &message)?;
            count += 1;
        }
    }
    Ok(count)
}

fn set_out(
    access: &Access,
    change: &Change<'_>,
    interface: &Interface,
    control_id: &str,
    event: &str,
    subject: Option<&str>,
    message: &Message,
) -> Result<(), StoreError> {
    for (state, body) in strike(change, &interface.id, message.bytes().to_vec(), access.virtual_us())? {
        change.queue_message(&NewMessage {
            interface: &interface.id,
            control_id,
            event,
            subject,
            body: &body,
            state,
            due_us: access.virtual_us(),
            queued_us: access.virtual_us(),
        })?;
    }
    Ok(())
}
