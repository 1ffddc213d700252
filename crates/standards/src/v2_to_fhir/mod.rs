//! From HL7 v2 to FHIR R4 and back.
//!
//! [`bundle_of`] follows the maps that HL7 publishes (HL7 Version 2 to FHIR, 25 August 2025), which are data here: a row
//! says which field goes to which place of which resource, on what condition and through which code map. Segments and
//! codes are read from that data; what becomes of a data type is decided by the FHIR type of the place, in [`value`].
//! Which resources a message makes and how they refer to each other is told in [`message`], since the published tables
//! leave much of it to the reader. The result is a transaction: who is known is found by identifier and not made twice.
//!
//! [`message_of`] goes the other way for the messages that a hospital sends most: ADT, ORM and ORU.

mod condition;
mod draft;
mod events;
mod from_fhir;
mod maps;
mod message;
mod orders;
mod place;
mod repair;
mod request;
mod rows;
mod scope;
mod value;

pub use from_fhir::{FromFhirError, message_of};
pub use message::bundle_of;

#[cfg(test)]
mod coverage;
#[cfg(test)]
mod tests;
