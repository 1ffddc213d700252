//! Threads that look at hospitals one after the other, each when something is due in it.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::watch::Watch;

/// How long the thread sleeps when nothing is planned.
const IDLE: Duration = Duration::from_secs(3600);

/// Between the first looks at two hospitals after a start: many may lie there, and most of them rest.
const APART: Duration = Duration::from_millis(20);

/// The threads. They end when this is dropped.
pub(crate) struct Rounds {
    /// What no longer happens if a thread ends before.
    duty: &'static str,
    walkers: Vec<Walker>,
}

/// A thread, and the way to tell it something.
struct Walker {
    messages: Sender<Heard>,
    thread: JoinHandle<()>,
}

enum Heard {
    Happened(String),
    Stop,
}

impl Rounds {
    /// Looks at the `known` hospitals first, and at any of which something `heard`, a kind of happening, is told. `turn` does
    /// what is due in one, and says after how long to look again. A hospital always falls to the same of the `count` threads.
    pub(crate) fn start(
        watch: &Watch,
        duty: &'static str,
        count: NonZeroUsize,
        heard: impl Fn(&str) -> bool + Send + Sync + 'static,
        known: Vec<String>,
        turn: impl Fn(&str) -> Option<Duration> + Send + Sync + 'static,
    ) -> Self {
        let now = Instant::now();
        let mut planned = vec![BTreeMap::new(); count.get()];
        for (at, sandbox) in (0_u32..).zip(known) {
            planned[walker_of(&sandbox, count)].insert(sandbox, now + APART * at);
        }
        let turn = Arc::new(turn);
        let begin = |planned| {
            let (messages, happenings) = channel();
            let turn = Arc::clone(&turn);
            Walker { messages, thread: std::thread::spawn(move || run(&happenings, planned, &*turn)) }
        };
        let walkers: Vec<Walker> = planned.into_iter().map(begin).collect();
        let ears: Vec<Sender<Heard>> = walkers.iter().map(|walker| walker.messages.clone()).collect();
        watch.listen(move |happening| {
            if heard(&happening.kind) {
                let sandbox = happening.sandbox.clone();
                // After a stop nobody listens any more, and that is as it should be.
                drop(ears[walker_of(&sandbox, count)].send(Heard::Happened(sandbox)));
            }
        });
        Self { duty, walkers }
    }
}

/// To which thread a hospital falls.
fn walker_of(sandbox: &str, count: NonZeroUsize) -> usize {
    sandbox.bytes().fold(0_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into())) % count
}

impl Drop for Rounds {
    fn drop(&mut self) {
        self.walkers.iter().for_each(|walker| drop(walker.messages.send(Heard::Stop)));
        for walker in self.walkers.drain(..) {
            if walker.thread.join().is_err() {
                tracing::error!(duty = self.duty, "a thread ended in a panic; this is not done any more");
            }
        }
    }
}

/// `planned` says when to look at which hospital. The one that has waited longest has the next turn, and one that is not done
/// with what is due stands behind those that were due before it: a busy hospital does not hold the others up.
fn run(
    happenings: &Receiver<Heard>,
    mut planned: BTreeMap<String, Instant>,
    turn: &dyn Fn(&str) -> Option<Duration>,
) {
    loop {
        let due = planned.values().min().map(|due| due.saturating_duration_since(Instant::now()));
        match happenings.recv_timeout(due.unwrap_or(IDLE)) {
            // All that was heard at once: turns are heard too, and a busy hospital is heard more often than it has turns.
            Ok(first) => {
                let now = Instant::now();
                for heard in std::iter::once(first).chain(happenings.try_iter()) {
                    let Heard::Happened(sandbox) = heard else { return };
                    let at = planned.entry(sandbox).or_insert(now);
                    *at = now.min(*at);
                }
            }
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {}
        }
        let now = Instant::now();
        let first = planned.iter().filter(|(_, at)| **at <= now).min_by_key(|(_, at)| **at);
        let Some(sandbox) = first.map(|(sandbox, _)| sandbox.clone()) else { continue };
        match turn(&sandbox) {
            Some(wait) => drop(planned.insert(sandbox, Instant::now() + wait)),
            None => drop(planned.remove(&sandbox)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;
    use std::sync::atomic::Ordering::Relaxed;

    use super::*;

    #[test]
    fn hospitals_that_are_heard_more_often_than_they_have_turns_do_not_hold_up_the_end() {
        let watch = Watch::default();
        let turns = Arc::new(AtomicUsize::new(0));
        let (told, counted) = (watch.clone(), Arc::clone(&turns));
        // Each of the first turns is heard three times: all that was heard asks for four times as many turns.
        let turn = move |sandbox: &str| {
            if counted.fetch_add(1, Relaxed) < 2_000 {
                (0..3).for_each(|_| told.tell(sandbox, "command"));
            }
            None
        };
        let known = vec!["a".to_owned(), "b".to_owned()];
        let rounds = Rounds::start(&watch, "turns are taken", NonZeroUsize::MIN, |_| true, known, turn);
        while turns.load(Relaxed) < 2_000 {
            std::thread::yield_now();
        }
        drop(rounds);
        assert!(turns.load(Relaxed) < 3_000, "the end came only after {} turns", turns.load(Relaxed));
    }
}
