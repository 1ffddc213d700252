//! Calls from outside that a run answers: the kit plays a server, and what is tested is the client.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::Inbound;

/// Calls that wait to be answered, at most.
const WAITING_MAX: usize = 32;
/// How often a test that serves looks whether somebody stopped the run.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// What is answered to a call.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// The status of HTTP.
    pub status: u16,
    /// Headers.
    pub headers: Vec<(String, String)>,
    /// What is sent.
    pub body: Vec<u8>,
}

/// Calls in the order they came, each with somebody who waits for the answer.
#[derive(Debug, Default)]
pub(super) struct Desk {
    waiting: Mutex<VecDeque<(Inbound, SyncSender<Said>)>>,
    came: Condvar,
}

impl Desk {
    /// Hands a call in; the answer comes by the receiver, or never. `None` if too many wait already.
    pub(super) fn hand_in(&self, call: Inbound) -> Option<Receiver<Said>> {
        let mut waiting = self.lock();
        if waiting.len() >= WAITING_MAX {
            return None;
        }
        let (answer, answered) = sync_channel(1);
        waiting.push_back((call, answer));
        self.came.notify_all();
        Some(answered)
    }

    /// The next call; none if time ran out, or it is no longer wanted.
    pub(super) fn next(
        &self,
        patience: Duration,
        wanted: impl Fn() -> bool,
    ) -> Option<(Inbound, SyncSender<Said>)> {
        let until = Instant::now() + patience;
        let mut waiting = self.lock();
        loop {
            if let Some(call) = waiting.pop_front() {
                return Some(call);
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() || !wanted() {
                return None;
            }
            let woken = self.came.wait_timeout(waiting, left.min(LOOK_EVERY));
            waiting = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<(Inbound, SyncSender<Said>)>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
