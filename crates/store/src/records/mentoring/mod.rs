//! Mentors, those who look for one, who was asked, their sessions, and guests of hospitals.

mod asks;
mod guests;
mod profiles;
mod sessions;
#[cfg(test)]
mod tests;

pub use asks::{AskAnswer, MentorAsk};
pub use profiles::{Profile, ProfileKind};
pub use sessions::{MentorAction, MentorSession};
