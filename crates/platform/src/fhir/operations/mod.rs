//! Operations, the questions that no plain interaction asks (R4, 3.2): one file each.
//!
//! [`OPERATIONS`] lists what is offered and where; the router and the CapabilityStatement are made from it. An operation
//! gets its [`Input`] and a view of the hospital, and gives a resource made for the answer, or a Bundle of stored ones. None of them changes anything.

mod everything;
mod expand;
mod fhirpath;
mod given;
mod hospital;
mod input;
mod lastn;
mod lookup;
mod match_patient;
mod meta;
mod output;
mod place;
mod run;
mod run_view;
mod subsumes;
mod table;
mod translate;
mod validate;
mod validate_code;

pub(crate) use input::parameters_of;
pub use place::Place;
pub(super) use run::run;
pub use table::{Kinds, OPERATIONS, Operation};
