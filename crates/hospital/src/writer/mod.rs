//! FHIR R4 resources, written straight to bytes.
//!
//! A population is hundreds of thousands of resources, and a tree of JSON values
//! costs twenty times the time of a few copied strings. So each kind of resource
//! has one small type here that knows its shape and writes itself into a [`Json`]
//! buffer. What is written is checked against a JSON parser and the shape of
//! US Core 6.1.0 by the tests of [`population`](crate::population).

mod clinical;
mod encounter;
mod json;
mod note;
mod observation;
mod order;
mod patient;
mod place;
mod quantity;
mod report;
mod staff;

pub(crate) use clinical::{Allergy, Condition, Immunization, Procedure};
pub use encounter::{Class, Disposition};
pub(crate) use encounter::{Encounter, Participant};
pub(crate) use json::Json;
pub(crate) use note::Note;
pub(crate) use observation::{Measured, Observation, Range};
pub(crate) use order::Medication;
pub(crate) use patient::Patient;
pub(crate) use place::{Location, Organization};
pub use quantity::Decimal;
pub(crate) use report::{Report, ReportKind};
pub(crate) use staff::{Practitioner, Role};
