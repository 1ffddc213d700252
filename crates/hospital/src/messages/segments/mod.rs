//! The segments of a message, a file for each thing they are about.

mod appointment;
mod charge;
mod document;
mod header;
mod medicine;
mod order;
mod patient;
mod result;
mod vaccine;
mod visit;

pub(super) use appointment::appointments;
pub(super) use charge::charges;
pub(super) use document::document;
pub(super) use header::header;
pub(super) use medicine::prescriptions;
pub(super) use order::orders;
pub(super) use patient::{patient, retired};
pub(super) use result::results;
pub(super) use vaccine::vaccinations;
pub(super) use visit::{Absent, visit};
