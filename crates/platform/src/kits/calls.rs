use std::time::Duration;

use ::kits::run::{Inbound, Said};

use crate::platform::Platform;

/// How long a run may take to answer a call, as long as it is at work.
pub const ANSWER_MAX: Duration = Duration::from_secs(15);

/// Hands a call from outside to a run that plays a server, and gives what it answers. Blocks.
///
/// Nothing is given if there is no such run at work, or it does not answer.
pub fn ask_kit(platform: &Platform, run: &str, call: Inbound) -> Option<Said> {
    platform.runs.any(run)?.ask(call, ANSWER_MAX)
}

/// Hands a browser that came back to whichever run waits for this state; false if none does.
pub fn come_back(platform: &Platform, state: &str, call: &Inbound) -> bool {
    platform.runs.all().iter().any(|run| run.deliver(state, call.clone()))
}
