//! Use cases as the faces call them, on a temporary data folder with a small hospital and a clock that stands still.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking and says aloud what it measured"
)]

mod drills;
mod ehr;
mod fhir;
mod flow;
mod home;
mod imaging;
mod interfaces;
mod kits;
mod labs;
mod lake;
mod living;
mod messages;
mod replays;
mod workshop_boards;
mod workshops;
