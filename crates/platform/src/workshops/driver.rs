use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use store::records::SandboxId;

use super::error::WorkshopError;
use super::table::Table;
use crate::platform::Platform;
use crate::rounds::Rounds;

/// What a workshop rests after something failed in it.
const AFTER_FAILURE: Duration = Duration::from_secs(5);

/// A thread in which workshops hear of what their hospitals do by themselves. It ends when this is dropped.
pub struct Workshops {
    _rounds: Rounds,
}

impl Workshops {
    /// Begins to listen; workshops that were on when the program ended last go on.
    pub fn start(platform: Arc<Platform>) -> Self {
        let known = platform.records.workshop_list_open().unwrap_or_else(|error| {
            tracing::error!(%error, "the workshops could not be listed; they wait until something happens there");
            Vec::new()
        });
        let known = known.into_iter().map(|sandbox| sandbox.as_str().to_owned()).collect();
        let watch = platform.watch().clone();
        let turn = move |sandbox: &str| turn(&platform, sandbox);
        // What a tick of the clock alone brings is told as what it is.
        let is_heard = |kind: &str| kind.starts_with("drill.") && kind != "drill.ticked";
        let duty = "workshops hear of their hospitals";
        Self { _rounds: Rounds::start(&watch, duty, NonZeroUsize::MIN, is_heard, known, turn) }
    }
}

fn turn(platform: &Platform, sandbox: &str) -> Option<Duration> {
    match platform.hear_of_workshop(sandbox) {
        Ok(()) | Err(WorkshopError::Gone) => None,
        Err(error) => {
            tracing::error!(sandbox.id = %sandbox, %error, "a workshop could not hear of its hospital");
            Some(AFTER_FAILURE)
        }
    }
}

impl Platform {
    /// Lets the workshop in a hospital, if one goes on there, hear of what happened.
    fn hear_of_workshop(&self, sandbox: &str) -> Result<(), WorkshopError> {
        let id = SandboxId::from(sandbox);
        let Some(workshop) = self.records.workshop_in(&id)?.filter(|one| one.ended_us.is_none()) else {
            return Ok(());
        };
        let Some(case) = super::shelf::case(&workshop.case) else { return Ok(()) };
        let _turn = self.rooms.turn(&workshop.id);
        Table::of(self, workshop, case, super::shelf::world_of(&case.id))?.hear()
    }
}
