//! Judging by itself, when something happens that a check depends on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use store::records::SandboxId;
use training::check::depends_on;
use training::lab::{Check, Pattern};

use super::error::LabError;
use super::hands::Hands;
use crate::platform::Platform;

/// Happenings that come within this time are judged together: a form that writes three resources is looked at once.
const TOGETHER: Duration = Duration::from_millis(20);

/// How long the thread sleeps when nothing is planned.
const IDLE: Duration = Duration::from_secs(3600);

/// Kinds behind which others may stand: one happening tells of everything a bundle or a command wrote.
const MANY: [&str; 2] = ["fhir.bundle", "command"];

/// What the grader itself tells of, and what changes nothing in a hospital that is there to be judged.
const UNHEARD: [&str; 2] = ["verdicts", "sandbox.deleted"];

/// A thread that judges an attempt's checks anew whenever something happens in its sandbox that they depend on. It ends
/// when this is dropped.
pub struct Grader {
    messages: Sender<Message>,
    thread: Option<JoinHandle<()>>,
}

enum Message {
    Happened { sandbox: String, kind: String },
    Stop,
}

impl Grader {
    /// Begins to listen to `platform`. Probes go through `hands`.
    pub fn start(platform: Arc<Platform>, hands: Arc<dyn Hands>) -> Self {
        let (messages, happenings) = channel();
        let ears = messages.clone();
        platform.watch().listen(move |happening| {
            if !UNHEARD.contains(&happening.kind.as_str()) {
                let (sandbox, kind) = (happening.sandbox.clone(), happening.kind.clone());
                // After a stop nobody listens any more, and that is as it should be.
                drop(ears.send(Message::Happened { sandbox, kind }));
            }
        });
        let thread = std::thread::spawn(move || {
            Work { platform, hands, waiting: BTreeMap::new(), later: BTreeMap::new() }.run(&happenings);
        });
        Self { messages, thread: Some(thread) }
    }
}

impl Drop for Grader {
    fn drop(&mut self) {
        drop(self.messages.send(Message::Stop));
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the grader ended in a panic; verdicts no longer came by themselves");
        }
    }
}

struct Work {
    platform: Arc<Platform>,
    hands: Arc<dyn Hands>,
    /// What happened, by sandbox, that has not been looked at.
    waiting: BTreeMap<String, BTreeSet<String>>,
    /// Sandboxes to look at again at a time, because a check there has to hold for longer.
    later: BTreeMap<String, Instant>,
}

impl Work {
    fn run(mut self, happenings: &Receiver<Message>) {
        loop {
            let due = self.later.values().min().map(|due| due.saturating_duration_since(Instant::now()));
            match happenings.recv_timeout(due.unwrap_or(IDLE)) {
                Ok(Message::Happened { sandbox, kind }) => {
                    self.heard(sandbox, kind);
                    if self.gather(happenings).is_none() {
                        return;
                    }
                }
                Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {}
            }
            self.take_due();
            for (sandbox, kinds) in std::mem::take(&mut self.waiting) {
                if let Err(error) = self.judge(&sandbox, &kinds) {
                    tracing::warn!(sandbox.id = %sandbox, %error, "checks could not be judged");
                }
            }
        }
    }

    fn heard(&mut self, sandbox: String, kind: String) {
        self.waiting.entry(sandbox).or_default().insert(kind);
    }

    /// Hears what else happens in the next moment; `None` when it is time to stop.
    fn gather(&mut self, happenings: &Receiver<Message>) -> Option<()> {
        let until = Instant::now() + TOGETHER;
        loop {
            match happenings.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(Message::Happened { sandbox, kind }) => self.heard(sandbox, kind),
                Err(RecvTimeoutError::Timeout) => return Some(()),
                Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }

    /// Checks that have to hold for a while are looked at when the while is over.
    fn take_due(&mut self) {
        let now = Instant::now();
        let due: Vec<String> =
            self.later.iter().filter(|(_, at)| **at <= now).map(|(sandbox, _)| sandbox.clone()).collect();
        for sandbox in due {
            self.later.remove(&sandbox);
            self.heard(sandbox, "sandbox.clock".to_owned());
        }
    }

    fn judge(&mut self, sandbox: &str, kinds: &BTreeSet<String>) -> Result<(), LabError> {
        for attempt in self.platform.records.attempt_list_open_in(&SandboxId::from(sandbox))? {
            let case = self.platform.case(attempt)?;
            let wanted = |check: &Check| concerns(check, kinds);
            if !case.variant().checks().any(wanted) {
                continue;
            }
            let checked = self.platform.judge(&case, self.hands.as_ref(), false, &wanted)?;
            if let Some(wait_us) = checked.again_in_us.and_then(|us| u64::try_from(us).ok()) {
                self.later.insert(sandbox.to_owned(), Instant::now() + Duration::from_micros(wait_us));
            }
        }
        Ok(())
    }
}

/// Whether something of these kinds can change a check's verdict.
fn concerns(check: &Check, kinds: &BTreeSet<String>) -> bool {
    let depends = Pattern { negated: false, alternatives: depends_on(check) };
    kinds.iter().any(|kind| MANY.contains(&kind.as_str()) || depends.matches(Some(kind)))
}
