use hospital::systems::{Envelope, Sent, wrap};
use hospital::topology::{Interface, Protocol};
use serde_json::json;
use store::StoreError;
use store::journal::NewEntry;
use store::sandbox::Change;
use store::sandbox::systems::NewMessage;

use super::topology::topology;
use super::transit::strike;
use crate::access::{Access, outcome};

/// The journal kind of messages that set out.
pub(super) const QUEUED: &str = "hl7.queued";

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
    let mut copies = Vec::with_capacity(interfaces.len());
    for interface in interfaces {
        let control_id = format!("P{:08}", change.next_message_seq()?);
        let envelope = Envelope {
            from,
            to: &interface.to,
            facility: &topology.facility,
            version: interface.version.as_deref().unwrap_or("2.5.1"),
            control_id: &control_id,
            now_us: access.virtual_us(),
        };
        let written = wrap(&envelope, sent.event, &sent.segments);
        for (state, body) in strike(change, &interface.id, written)? {
            change.queue_message(&NewMessage {
                interface: &interface.id,
                control_id: &control_id,
                event: sent.event,
                subject,
                body: &body,
                state,
                due_us: access.virtual_us(),
                queued_us: access.virtual_us(),
            })?;
        }
        copies.push(json!({"interface": interface.id, "control_id": control_id}));
    }
    let count = copies.len();
    if count > 0 {
        let detail = json!({"event": sent.event, "messages": copies});
        let event = access.event(QUEUED, subject.map(str::to_owned), outcome::OK, detail);
        change.note(&NewEntry { source: from.to_owned(), target: "ENGINE".to_owned(), ..event })?;
    }
    Ok(count)
}
