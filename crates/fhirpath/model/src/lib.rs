//! A small stand-in for the published crate of this name.
//!
//! `rh-fhirpath` asks one question of it: what type has this field of that type? The published crate
//! answers from generated code for every type, profile and extension of R4, which takes longer to
//! compile than the rest of the server together. This one answers the same from the definitions that
//! `standards` holds anyway. It has the names and the meaning of `rh-hl7-fhir-r4-core` 0.3.0, as far
//! as `rh-fhirpath` 0.3.0 uses them.

pub mod metadata;

#[cfg(test)]
mod tests;
