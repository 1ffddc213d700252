//! Mentoring: who mentors and who looks for a mentor, whom they are paired with and why, their sessions, and looking into a learner's hospital.
//!
//! Pairs are proposed for everybody at once by [`placements::mentors`] under weights that everybody sees, and become pairs when the mentor says yes. A
//! mentor has 72 hours; then the next one is asked, and nobody twice. A mentor looks into a hospital only when its learner has asked them in, changes
//! nothing there, and what they open stands in the journal with the learner's own deeds.

mod error;
mod guests;
mod pairs;
mod profiles;
mod propose;
mod requests;
mod sessions;

pub use error::MentoringError;
pub use guests::Guest;
pub use pairs::{Pair, Request, Side, Waiting, WaitingFor};
pub use placements::mentors::{Fit, Obstacle, Weights};
pub use profiles::{MenteeProfile, MentorProfile, Talks};
pub use propose::{Plan, Proposal};
pub use sessions::NewSession;
pub use store::records::{AskAnswer, MentorAction, MentorSession};
