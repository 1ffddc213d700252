//! What somebody may see.
//!
//! [`project`] is the only way from a run to a screen, a stream or an interface. It builds what a [`Viewer`] may see from nothing, instead of
//! taking away from everything what they may not: what is forgotten here is missing, and never leaks.

mod console;
mod decisions;
mod projection;
mod seats;
mod talk;

pub use console::{Console, Held, ToBring};
pub use decisions::{DecisionSeen, LogSeen, OptionSeen, Tally, Verdict};
pub use projection::{FactSeen, PhaseSeen, Projection, QuestionSeen, QuestionsSeen, Viewer, project};
pub use seats::Seat;
pub use talk::{HandOffSeen, HappenedSeen, MessageSeen};
