//! The names under which a learner's journal tells the platform's doings from the learner's.

/// The source of what a check's probes leave in the journal.
pub const GRADER: &str = "grader";
/// The actor of what the platform itself does in a learner's hospital.
pub const PLATFORM: &str = "practicum";
