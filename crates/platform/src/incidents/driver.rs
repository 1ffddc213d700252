use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use store::StoreError;

use crate::labs::Hands;
use crate::live::Stepped;
use crate::platform::Platform;
use crate::rounds::Rounds;

/// What makes somebody's turn come.
const HEARD: [&str; 3] = ["lab.begun", "sandbox.clock", "sandbox.returned"];

/// A thread in which people who are played act, in every hospital that has some, as its clock runs. It ends when this is
/// dropped.
pub struct Actors {
    _rounds: Rounds,
}

impl Actors {
    /// Begins to play, through `hands`.
    pub fn start(platform: Arc<Platform>, hands: Arc<dyn Hands>) -> Self {
        let known = platform.records.incident_list().unwrap_or_else(|error| {
            tracing::error!(%error, "the hospitals with actors could not be listed; they wait until something happens there");
            Vec::new()
        });
        let known = known.into_iter().map(|sandbox| sandbox.as_str().to_owned()).collect();
        let watch = platform.watch().clone();
        let turn = move |sandbox: &str| turn(&platform, hands.as_ref(), sandbox);
        let is_heard = |kind: &str| HEARD.contains(&kind);
        Self { _rounds: Rounds::start(&watch, "people are played", NonZeroUsize::MIN, is_heard, known, turn) }
    }
}

fn turn(platform: &Platform, hands: &dyn Hands, sandbox: &str) -> Option<Duration> {
    match platform.play_actors(sandbox, hands) {
        Ok(Stepped::In(us)) => Some(Duration::from_micros(u64::try_from(us).unwrap_or_default())),
        Ok(_) | Err(StoreError::NotFound { .. }) => None,
        Err(error) => {
            tracing::error!(sandbox.id = %sandbox, %error, "nobody could be played in a hospital");
            None
        }
    }
}
