//! What happens in sandboxes, as server-sent events (HTML, section 9.2).
//!
//! [`Live`] carries what `platform::watch` tells from the thread that caused it to the tasks that follow a sandbox; it
//! never waits for any of them. A happening only says that looking is worth while: what is sent is always read from
//! where it is kept, so that a stream may be joined late, miss happenings or be taken up again after a break.

mod attempt;
mod hub;
mod journal;
mod keep_alive;
mod team;

pub(crate) use attempt::attempt;
pub(crate) use hub::{Live, measure_taken, next};
pub(crate) use journal::journal;
pub(crate) use keep_alive::keep_alive;
pub(crate) use team::{Pose, Team};
