use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::bag::Bag;
use super::desk::{Desk, Said};
use super::inbox::{Inbound, Inbox};
use super::inputs::{InputProblem, checked, shown};
use super::walk::walk;
use crate::model::{Kit, Outcome, Record};
use crate::wire::Limits;

/// The time, in microseconds since 1970 UTC.
pub(super) type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// One way through a kit.
pub struct Run {
    inputs: BTreeMap<String, String>,
    limits: Limits,
    pub(super) clock: Clock,
    pub(super) record: Mutex<Record>,
    pub(super) stopped: AtomicBool,
    pub(super) inbox: Inbox,
    pub(super) desk: Desk,
}

/// How far a run is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// The id of the test.
    pub test: String,
    /// Its title.
    pub title: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Why.
    pub message: String,
    /// How many tests have an outcome that stays.
    pub done: usize,
    /// How many tests there are.
    pub all: usize,
}

impl Run {
    /// A run that has not begun.
    ///
    /// # Errors
    /// Every [`InputProblem`].
    pub fn new(
        kit: &Kit,
        given: &BTreeMap<String, String>,
        limits: Limits,
        clock: impl Fn() -> i64 + Send + Sync + 'static,
    ) -> Result<Self, Vec<InputProblem>> {
        let inputs = checked(kit, given)?;
        let record = Mutex::new(Record::of(kit, shown(kit, &inputs), clock()));
        let (stopped, inbox, desk) = (AtomicBool::new(false), Inbox::default(), Desk::default());
        Ok(Self { inputs, limits, clock: Arc::new(clock), record, stopped, inbox, desk })
    }

    /// Works through the kit, and tells of each test as it begins and ends. Blocks until all is done.
    pub fn go(&self, kit: &Kit, watch: &dyn Fn(&Progress)) -> Record {
        let mut bag = Bag::new(self.limits, self.inputs.clone());
        walk(self, kit, &mut bag, watch);
        let mut record = self.lock();
        record.ended_us = Some((self.clock)());
        record.clone()
    }

    /// The record so far.
    pub fn record(&self) -> Record {
        self.lock().clone()
    }

    /// Stops it: the exchange under way ends, and every test left is cancelled.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// Hands in a call from outside; false if no test waits with this identifier.
    pub fn deliver(&self, identifier: &str, call: Inbound) -> bool {
        self.inbox.deliver(identifier, call)
    }

    /// Asks the run, which plays a server; none if nobody answers within `patience`.
    pub fn ask(&self, call: Inbound, patience: Duration) -> Option<Said> {
        self.desk.hand_in(call)?.recv_timeout(patience).ok()
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Record> {
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}
