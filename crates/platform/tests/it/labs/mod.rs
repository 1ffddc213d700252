//! Labs at work.

mod content;
mod grading;
mod hands;
mod messages;
mod overview;
mod proving;
mod resetting;
mod rules;
mod starting;
