//! What the security desk does: measures taken and lifted, what they keep out, and records brought back from before.
//!
//! A measure in force is a record of the system [`SYSTEM`] in the sandbox's own file, written in one transaction with its
//! effect and its journal entry; reset, undo and snapshots need no second thought. The person whose hospital it is comes in
//! by another way than apps and accounts do, so none of it can lock them out.

mod effects;
mod error;
mod kept;
mod lift;
mod refuse;
mod restore;
mod segments;
mod take;

pub use effects::{Foreseen, foresee};
pub use error::ResponseError;
pub use hospital::topology::Segment;
pub use kept::{InForce, SYSTEM, in_force};
pub(crate) use kept::{is_disabled, is_stopped, stopped_services};
pub use lift::lift;
pub use refuse::{Paces, TurnedAway};
pub(crate) use restore::as_of;
pub use restore::{Restore, Restored, restore};
pub use security::response::{Caller, Door, Effect, Measure, Route};
pub use segments::network;
pub use take::take;
