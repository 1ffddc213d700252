use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use store::StoreError;

use super::step::Stepped;
use crate::platform::Platform;
use crate::rounds::Rounds;

/// What a hospital may do before it is another's turn.
const TURN: usize = 8;

/// How long a hospital rests after something failed in it.
const AFTER_FAILURE: Duration = Duration::from_secs(5);

/// What the driver hears: whatever can make something due.
const HEARD: [&str; 6] =
    ["channel.change", "channel.received", "command", "hl7.queued", "interface.changed", "sandbox.living"];

/// Threads that move the messages of every hospital, as their clocks run. They end when this is dropped.
pub struct Driver {
    _rounds: Rounds,
}

impl Driver {
    /// Begins to move what there is, and listens for more. What was queued when the program ended last goes on now.
    pub fn start(platform: Arc<Platform>) -> Self {
        let known = platform.sandboxes.list().unwrap_or_else(|error| {
            tracing::error!(%error, "the sandboxes could not be listed; queued messages wait until something happens there");
            Vec::new()
        });
        let watch = platform.watch().clone();
        let turn = move |sandbox: &str| turn(&platform, sandbox);
        Self { _rounds: Rounds::start(&watch, "messages are moved", threads(), is_heard, known, turn) }
    }
}

/// As many as there are processors. Hospitals of one image do much at the same moments, because the same people lie in their
/// beds when they are opened; one thread alone keeps the last of them waiting.
fn threads() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

fn is_heard(kind: &str) -> bool {
    let clock = kind.starts_with("sandbox.") && kind != "sandbox.deleted";
    clock || HEARD.contains(&kind)
}

fn turn(platform: &Platform, sandbox: &str) -> Option<Duration> {
    match platform.step_hospital(sandbox, TURN) {
        Ok(Stepped::More) => Some(Duration::ZERO),
        Ok(Stepped::In(us)) => Some(Duration::from_micros(u64::try_from(us).unwrap_or_default())),
        Ok(Stepped::Rest) | Err(StoreError::NotFound { .. }) => None,
        Err(error) => {
            tracing::error!(sandbox.id = %sandbox, %error, "messages of a hospital could not be moved");
            Some(AFTER_FAILURE)
        }
    }
}
