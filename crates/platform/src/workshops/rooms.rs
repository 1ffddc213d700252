use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use workshops::run::Run;

use super::board::{Here, KeptBoards};
use crate::labs::Turns;

/// What is known of workshops beside their records: whose turn it is, how each stands, and who was seen when.
#[derive(Default)]
pub(crate) struct Rooms {
    /// A thread that has a turn here may take one of a drill besides, and never the other way round.
    turns: Turns,
    /// How each workshop that was looked at stands, as far as its events were read.
    runs: Mutex<HashMap<String, Run>>,
    /// When somebody was seen last in a workshop, microseconds since 1970 UTC.
    seen: Mutex<HashMap<(String, String), i64>>,
    /// The boards. Who has the turn at one waits for no other turn.
    pub(super) boards: KeptBoards,
    /// Who has a board open.
    pub(super) here: Here,
}

/// Workshops whose standing is remembered at most; of others the events are read anew.
const RUNS_MAX: usize = 200;
/// Who is remembered at most.
const SEEN_MAX: usize = 20_000;

impl Rooms {
    /// Waits until nobody else does anything in a workshop.
    pub(super) fn turn(&self, workshop: &str) -> MutexGuard<'_, ()> {
        self.turns.take(workshop)
    }

    /// How a workshop stood when it was last looked at; at its beginning, if it was not.
    pub(super) fn run(&self, workshop: &str) -> Run {
        lock(&self.runs).get(workshop).cloned().unwrap_or_default()
    }

    /// Remembers how a workshop stands. What is older than what is known is forgotten.
    pub(super) fn remember(&self, workshop: &str, run: &Run) {
        let mut runs = lock(&self.runs);
        if runs.len() >= RUNS_MAX && !runs.contains_key(workshop) {
            runs.clear();
        }
        let known = runs.entry(workshop.to_owned()).or_default();
        if run.seq >= known.seq {
            known.clone_from(run);
        }
    }

    /// Notes that somebody is there.
    pub(super) fn saw(&self, workshop: &str, person: &str, now_us: i64) {
        let mut seen = lock(&self.seen);
        if seen.len() >= SEEN_MAX {
            seen.clear();
        }
        seen.insert((workshop.to_owned(), person.to_owned()), now_us);
    }

    /// When somebody was there last.
    pub(super) fn seen_us(&self, workshop: &str, person: &str) -> Option<i64> {
        lock(&self.seen).get(&(workshop.to_owned(), person.to_owned())).copied()
    }
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
