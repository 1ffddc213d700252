//! What the systems of a hospital hold, and the messages on their way between them.
//!
//! A system's records stand beside the chart's resources and not among them, so that the two can differ. A person whom no
//! message told a system about is known to it as the *baseline* has them, written once for all systems ([`BASELINE`]).
//! Messages are written in the transaction of the change they tell of, stay until they are delivered, and are kept after.

mod message;
mod queue;
mod record;
pub(crate) mod schema;
mod standing;

pub use message::{Message, MessageState, NewMessage};
pub use queue::{Passage, Traffic};
pub use record::{BASELINE, SystemRecord};
pub use standing::Standing;
