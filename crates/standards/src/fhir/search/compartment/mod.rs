//! Compartments: everything about one patient, encounter, practitioner, related person or device (FHIR R4, 2.5).
//!
//! [`types`] says which types of resource a compartment may hold, [`condition`] what must hold of one to be in it.

mod condition;
mod table;

#[cfg(test)]
mod tests;

pub use condition::condition;
pub use table::{kinds, types};
