//! What becomes of a value: by the FHIR type of its place, and by its type in v2.
//!
//! HL7's maps of data types are followed here in code rather than as data, because most of them need a decision: a time
//! zone, a code system's address, a number that is none.

mod any;
mod codes;
mod names;
mod places;
mod quantities;
mod times;

pub(super) use any::{of_part, of_text};
pub(super) use names::identifier;
pub(super) use quantities::DIGITS;
