use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use store::StoreError;

use super::error::DrillError;
use crate::live::Stepped;
use crate::platform::Platform;
use crate::rounds::Rounds;

/// What a drill rests after something failed in it.
const AFTER_FAILURE: Duration = Duration::from_secs(5);
/// What makes a drill's turn come.
const HEARD: [&str; 4] = ["drill.begun", "drill.given", "sandbox.clock", "sandbox.returned"];

/// A thread in which every drill goes on as its hospital's clock runs. It ends when this is dropped.
pub struct Drills {
    _rounds: Rounds,
}

impl Drills {
    /// Begins to keep drills moving; those that were on when the program ended last go on.
    pub fn start(platform: Arc<Platform>) -> Self {
        let known = platform.records.drill_list_open().unwrap_or_else(|error| {
            tracing::error!(%error, "the drills could not be listed; they wait until something happens there");
            Vec::new()
        });
        let known = known.into_iter().map(|sandbox| sandbox.as_str().to_owned()).collect();
        let watch = platform.watch().clone();
        let turn = move |sandbox: &str| turn(&platform, sandbox);
        let is_heard = |kind: &str| HEARD.contains(&kind);
        Self { _rounds: Rounds::start(&watch, "drills go on", NonZeroUsize::MIN, is_heard, known, turn) }
    }
}

fn turn(platform: &Platform, sandbox: &str) -> Option<Duration> {
    match platform.play_drill(sandbox) {
        Ok(Stepped::More) => Some(Duration::ZERO),
        Ok(Stepped::In(us)) => Some(Duration::from_micros(u64::try_from(us).unwrap_or_default())),
        Ok(Stepped::Rest) | Err(DrillError::Gone | DrillError::Store(StoreError::NotFound { .. })) => None,
        Err(error) => {
            tracing::error!(sandbox.id = %sandbox, %error, "a drill could not go on");
            Some(AFTER_FAILURE)
        }
    }
}
