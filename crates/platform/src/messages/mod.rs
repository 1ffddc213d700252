//! Messages between systems: what arrives for a system of a sandbox, and what is answered.
//!
//! [`Platform::receive`](crate::Platform::receive) finds the sandbox and the system a message is addressed to, lets the
//! system [`take`](take::take) it, journals what came of it, and gives back the acknowledgements. The entry is on disk
//! before anyone is told.

mod answer;
mod receive;
mod systems;
mod take;

pub use receive::Answers;
pub use systems::SYSTEMS;
pub use take::{Received, Taken};
