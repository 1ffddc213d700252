//! Test kits, started from within a sandbox: begun, followed, stopped and kept.
//!
//! What a kit asks and how it judges is the crate `kits`. Here a run gets a thread, its beginning and end are journalled in the
//! sandbox it was started in, and its record is kept with the platform's own, so that a reset of the hospital leaves it.

mod calls;
mod catalogue;
mod error;
mod running;
mod start;
mod view;

pub use ::kits::run::{Inbound, Run, Said};
pub use ::kits::{form, model, report};
pub use calls::{ANSWER_MAX, ask_kit, come_back};
pub use catalogue::{kit, kits};
pub use error::KitError;
pub(crate) use running::Runs;
pub use start::{FILLED_IN, PROGRESS, start_kit, stop_kit};
pub use store::records::KitRun;
pub use view::{KitRunView, kit_run, kit_runs};
