//! What is to come, in order.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use serde::{Deserialize, Serialize};

/// A heap of timed events. Those of one instant come out in the order they went in, so that nothing depends on how a
/// heap is built.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(serialize = "E: Serialize + Ord", deserialize = "E: serde::de::DeserializeOwned + Ord"))]
pub(crate) struct Queue<E> {
    heap: BinaryHeap<Reverse<Due<E>>>,
    /// How many have ever been put in.
    sequence: u64,
}

/// An event with its place in time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Due<E> {
    at_us: i64,
    sequence: u64,
    event: E,
}

impl<E: Ord> Default for Queue<E> {
    fn default() -> Self {
        Self { heap: BinaryHeap::new(), sequence: 0 }
    }
}

impl<E: Ord> Queue<E> {
    /// Puts an event in.
    pub(crate) fn push(&mut self, at_us: i64, event: E) {
        self.sequence += 1;
        self.heap.push(Reverse(Due { at_us, sequence: self.sequence, event }));
    }

    /// Takes the earliest event out.
    pub(crate) fn pop(&mut self) -> Option<(i64, E)> {
        self.heap.pop().map(|Reverse(due)| (due.at_us, due.event))
    }

    /// When the earliest event is due.
    pub(crate) fn next_us(&self) -> Option<i64> {
        self.heap.peek().map(|Reverse(due)| due.at_us)
    }
}
