//! One learner's or team's running hospital: an image, the changes laid over it, and the journal of both.
//!
//! [`Sandboxes`] is the folder of them, with those in use held open. A [`Sandbox`] is read through a [`View`] and
//! changed through a [`Change`], which is one transaction: versions, index rows and journal entries together or not at
//! all. Reads are journalled too; since nothing waits for those entries they are kept in memory for a moment and
//! written with the next change, the next look at the journal, or the next [`Sandbox::flush`]. Beside the hospital's file
//! stand those that no reset takes back, and at times a [copy](Sandbox::put_beside) of it to read from.

mod beside;
mod change;
pub mod channels;
mod digest;
mod each;
mod frozen;
mod handle;
mod history;
mod index;
mod kept;
mod log;
mod pool;
mod ranges;
mod snapshot;
pub mod systems;
mod undo;
mod values;
mod view;

pub use change::{Change, Put};
pub use frozen::Frozen;
pub use handle::Sandbox;
pub use history::{HistoryCursor, HistoryPage, HistoryQuery};
pub use kept::{LOG_ENTRIES, LOG_STANDING, VAULT};
pub use pool::Sandboxes;
pub use values::Values;
pub(crate) use view::{SCHEMAS, STORED_COLUMNS};
pub use view::{Stored, View};
