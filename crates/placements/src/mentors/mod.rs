//! Mentors: who is paired with whom, and why.
//!
//! [`pair`] finds the pairing that serves all learners best at once: a flow of least cost from learners to mentors with the capacity each has left
//! (shortest augmenting paths; Jonker and Volgenant 1987). What a pair is worth is a sum of parts under [`Weights`] that
//! everybody may see, and [`fit`] tells the parts of any pair. Nothing here knows sex, age, origin or health, so nothing can be decided by
//! them. A mentor who is asked has 72 hours; [`ask_next`] says what happens then. [`calendar`] is a session as an iCalendar file.

mod calendar;
mod fit;
mod flow;
mod request;
mod sides;
#[cfg(test)]
mod tests;

pub use calendar::{Session, calendar};
pub use fit::{Fit, Hours, Learner, Mentor, Obstacle, Weights, fit};
pub use flow::pair;
pub use request::{Answer, Asked, Next, Request, ask_next};
