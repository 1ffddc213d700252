//! When messages really came.
//!
//! A hospital that catches up does late what was due while an interface was closed, and writes down when it was due; the order
//! of its journal says what came after what.

use std::collections::BTreeMap;

use store::journal::Entry;
use store::sandbox::systems::{MessageState, Passage};

use super::interfaces::Spans;

/// A message that came later than is written.
#[derive(Debug)]
struct Late {
    /// The place of its entry in the journal.
    seq: i64,
    written_us: i64,
    arrived_us: i64,
    /// The message.
    message: Option<i64>,
}

/// What the journal says of messages that came.
#[derive(Debug, Default)]
pub(super) struct Arrivals {
    /// What came later than is written, in order.
    late: Vec<Late>,
    /// When each message came last.
    by_message: BTreeMap<i64, i64>,
}

impl Arrivals {
    /// Takes in the next entry about a message that came over an interface. Returns when it came.
    pub(super) fn hear(&mut self, entry: &Entry, interface: &str, spans: &Spans) -> i64 {
        let written_us = entry.event.virtual_us;
        let arrived_us = spans.arrival(interface, written_us).max(self.floor(entry.seq));
        let message = entry.event.detail["message"].as_i64();
        if arrived_us > written_us {
            self.late.push(Late { seq: entry.seq, written_us, arrived_us, message });
        }
        if let Some(message) = message {
            self.by_message.insert(message, arrived_us);
        }
        arrived_us
    }

    /// Passages with the moments at which they really set out and came to their end.
    pub(super) fn mend(&self, passages: Vec<Passage>) -> Vec<Passage> {
        let changes: BTreeMap<i64, i64> = passages.iter().map(|one| (one.seq, one.change)).collect();
        let mend = |passage: Passage| {
            let queued_us = self.set_out(&passage, &changes);
            let answered = matches!(
                passage.state,
                MessageState::Delivered | MessageState::Handed | MessageState::Refused
            );
            let came_us = self.by_message.get(&passage.seq).copied().filter(|_| answered);
            let settled_us = passage.settled_us.map(|at_us| came_us.unwrap_or(at_us).max(queued_us));
            Passage { queued_us, settled_us, ..passage }
        };
        passages.into_iter().map(mend).collect()
    }

    /// Before which moment nothing happened that is written after a place.
    fn floor(&self, seq: i64) -> i64 {
        let before = self.late.partition_point(|late| late.seq <= seq);
        let last = before.checked_sub(1).and_then(|last| self.late.get(last));
        last.map_or(i64::MIN, |late| late.arrived_us)
    }

    /// When a message really set out: no sooner than what is written before it, and than the message that it was sent because of,
    /// which came in the same change and had been queued in another.
    fn set_out(&self, passage: &Passage, changes: &BTreeMap<i64, i64>) -> i64 {
        let next_change = changes.values().copied().filter(|change| *change > passage.change).min();
        let is_cause = |late: &&Late| {
            let queued = late.message.and_then(|message| changes.get(&message));
            let came_with_it = next_change.is_none_or(|change| late.seq < change);
            late.written_us == passage.queued_us
                && came_with_it
                && queued.is_some_and(|change| *change < passage.change)
        };
        let next = self.late.get(self.late.partition_point(|late| late.seq < passage.change));
        let cause_us = next.filter(is_cause).map_or(i64::MIN, |late| late.arrived_us);
        passage.queued_us.max(self.floor(passage.change)).max(cause_us)
    }
}
