use hospital::faults::Met;
use hospital::systems::{Ack, Answer};
use standards::hl7::message::{Message as Hl7, Path};
use store::StoreError;
use store::sandbox::Change;
use store::sandbox::systems::{Message, MessageState, NewMessage};

use super::transit::meet;
use crate::access::Access;

/// How long a sender waits for an acknowledgement before it sends again.
const PATIENCE_US: i64 = 20_000_000;
/// What stands at the end of the number of a message that was sent again for want of an acknowledgement.
const AGAIN: char = 'R';

/// Lets a receiver work with a message, unless a fault keeps it from that; where its acknowledgement comes too late, the sender
/// queues the message once more.
pub(super) fn met<E: From<StoreError>>(
    access: &Access,
    change: &mut Change<'_>,
    (message, parsed): (&Message, &Hl7),
    work: impl FnOnce(&mut Change<'_>) -> Result<Answer, E>,
) -> Result<Answer, E> {
    let met = meet(change.view(), &message.interface, parsed, access.virtual_us())?;
    if let Met::Answered(answer) = met {
        return Ok(answer);
    }
    let answer = work(change)?;
    // Whoever waits in vain a second time asks somebody, so that nothing is sent for ever.
    let from_queue = message.seq != 0;
    if met == Met::Late && answer.ack == Ack::Accept && from_queue && !message.control_id.ends_with(AGAIN) {
        send_again(access, change, message, parsed)?;
    }
    Ok(answer)
}

fn send_again(
    access: &Access,
    change: &mut Change<'_>,
    message: &Message,
    parsed: &Hl7,
) -> Result<(), StoreError> {
    let control_id = format!("{}{AGAIN}", message.control_id);
    let mut copy = parsed.clone();
    if copy.set(&Path::field("MSH", 10), &control_id).is_err() {
        return Ok(());
    }
    change.queue_message(&NewMessage {
        interface: &message.interface,
        control_id: &control_id,
        event: &message.event,
        subject: message.subject.as_deref(),
        body: copy.bytes(),
        state: MessageState::Waiting,
        due_us: access.virtual_us() + PATIENCE_US,
        queued_us: access.virtual_us() + PATIENCE_US,
    })?;
    Ok(())
}
