//! The codes of a sandbox: what is stored in it, what the hospital brings along, and what ships.
//!
//! [`with_terminology`] is the way in for everything that asks about codes: operations, searches, validation. What a
//! learner stores goes first, then the hospital's own codes ([`hospital`]), then the shipped terminology of FHIR R4 and
//! US Core.

mod hospital;
mod stored;

pub(in crate::fhir) use stored::with_terminology;
