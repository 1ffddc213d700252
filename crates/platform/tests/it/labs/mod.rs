//! Labs at work.

mod content;
mod grading;
mod hands;
mod messages;
mod modality;
mod overview;
mod proving;
mod resetting;
mod rules;
mod secrets;
mod starting;
mod twins;
