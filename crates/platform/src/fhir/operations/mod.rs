//! Operations, the questions that no plain interaction asks (R4, 3.2): one file each.
//!
//! [`OPERATIONS`] lists what is offered and where; the router and the CapabilityStatement are made from it. An operation
//! gets its [`Input`] and a view of the hospital, and gives a resource made for the answer. None of them changes anything.

mod fhirpath;
mod input;
mod place;
mod run;
mod table;
mod validate;

pub use place::Place;
pub(super) use run::run;
pub use table::{Kinds, OPERATIONS, Operation};
