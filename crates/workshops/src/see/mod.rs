//! What somebody may see.
//!
//! [`project`] and, for those who rate the team, [`rating()`] are the only ways from a run to a screen, a stream or an interface. They build what
//! somebody may see from nothing, instead of taking away from everything what they may not: what is forgotten here is missing, and never leaks.

mod console;
mod decisions;
mod projection;
mod rating;
mod seats;
mod talk;

pub use console::{Console, Held, ToBring};
pub use decisions::{DecisionSeen, LogSeen, OptionSeen, Tally, Verdict};
pub use projection::{FactSeen, PhaseSeen, Projection, QuestionSeen, QuestionsSeen, Viewer, project};
pub use rating::{RaterSeen, RatingSeen, rating};
pub use seats::Seat;
pub use talk::{HandOffSeen, HappenedSeen, MessageSeen};
