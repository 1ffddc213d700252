use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use store::StoreError;

use super::step::Stepped;
use crate::platform::Platform;

/// What a hospital may do before it is another's turn.
const TURN: usize = 40;

/// How long the thread sleeps when nothing is planned.
const IDLE: Duration = Duration::from_secs(3600);

/// How long a hospital rests after something failed in it.
const AFTER_FAILURE: Duration = Duration::from_secs(5);

/// Between the first looks at two hospitals after a start: many may lie there, and most of them rest.
const APART: Duration = Duration::from_millis(20);

/// What the driver hears: whatever can make something due.
const HEARD: [&str; 4] = ["command", "hl7.queued", "interface.changed", "sandbox.living"];

/// A thread that moves the messages of every hospital, as their clocks run. It ends when this is dropped.
pub struct Driver {
    messages: Sender<Heard>,
    thread: Option<JoinHandle<()>>,
}

enum Heard {
    Happened(String),
    Stop,
}

impl Driver {
    /// Begins to move what there is, and listens for more. What was queued when the program ended last goes on now.
    pub fn start(platform: Arc<Platform>) -> Self {
        let (messages, happenings) = channel();
        let ears = messages.clone();
        platform.watch().listen(move |happening| {
            let kind = happening.kind.as_str();
            let clock = kind.starts_with("sandbox.") && kind != "sandbox.deleted";
            if clock || HEARD.contains(&kind) {
                // After a stop nobody listens any more, and that is as it should be.
                drop(ears.send(Heard::Happened(happening.sandbox.clone())));
            }
        });
        let thread = std::thread::spawn(move || Work::begin(platform).run(&happenings));
        Self { messages, thread: Some(thread) }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.messages.send(Heard::Stop));
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the driver ended in a panic; messages no longer moved");
        }
    }
}

struct Work {
    platform: Arc<Platform>,
    /// When to look at which hospital.
    planned: BTreeMap<String, Instant>,
}

impl Work {
    fn begin(platform: Arc<Platform>) -> Self {
        let sandboxes = platform.sandboxes.list().unwrap_or_else(|error| {
            tracing::error!(%error, "the sandboxes could not be listed; queued messages wait until something happens there");
            Vec::new()
        });
        let now = Instant::now();
        let planned = (0_u32..).zip(sandboxes).map(|(at, sandbox)| (sandbox, now + APART * at)).collect();
        Self { platform, planned }
    }

    fn run(mut self, happenings: &Receiver<Heard>) {
        loop {
            let due = self.planned.values().min().map(|due| due.saturating_duration_since(Instant::now()));
            match happenings.recv_timeout(due.unwrap_or(IDLE)) {
                Ok(Heard::Happened(sandbox)) => drop(self.planned.insert(sandbox, Instant::now())),
                Ok(Heard::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {}
            }
            let now = Instant::now();
            let due: Vec<String> = self
                .planned
                .iter()
                .filter(|(_, at)| **at <= now)
                .map(|(sandbox, _)| sandbox.clone())
                .collect();
            // One turn each: a busy hospital does not hold the others up.
            for sandbox in due {
                self.turn(&sandbox);
            }
        }
    }

    fn turn(&mut self, sandbox: &str) {
        let again = match self.platform.step_hospital(sandbox, TURN) {
            Ok(Stepped::More) => Some(Duration::ZERO),
            Ok(Stepped::In(us)) => Some(Duration::from_micros(u64::try_from(us).unwrap_or_default())),
            Ok(Stepped::Rest) | Err(StoreError::NotFound { .. }) => None,
            Err(error) => {
                tracing::error!(sandbox.id = %sandbox, %error, "messages of a hospital could not be moved");
                Some(AFTER_FAILURE)
            }
        };
        match again {
            Some(wait) => drop(self.planned.insert(sandbox.to_owned(), Instant::now() + wait)),
            None => drop(self.planned.remove(sandbox)),
        }
    }
}
