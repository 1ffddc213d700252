//! Structural validation: is this value a resource of the type it says it is?
//!
//! [`validate`] compares a value with the definitions of FHIR R4 and reports every problem it finds,
//! each with its place: elements the type does not have, missing and repeated ones, wrong JSON types,
//! malformed primitives, codes outside a required value set, references that point to the wrong
//! type, and extensions without content. It looks at one resource only; whether a reference resolves
//! elsewhere, and rules that need FHIRPath, are not its business.
//!
//! Each file holds one kind of rule: `structure` walks, `primitive` knows the formats,
//! `coding` the required codes, `reference` the references.

mod coding;
pub(in crate::fhir) mod path;
mod primitive;
pub(in crate::fhir) mod reference;
mod seen;
mod structure;
#[cfg(test)]
mod tests;
mod wording;

pub use structure::validate;
