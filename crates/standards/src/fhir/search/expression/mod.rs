//! The small part of FHIRPath that search parameters use, compiled once and walked often.
//!
//! Of the language, R4's parameters need paths, choice types, unions, filters by an equal member,
//! tests of what a reference points to and one question about existence. [`compile`] turns that much
//! into an [`Expression`] and refuses the rest; [`Expression::visit`] walks a resource along it
//! without building anything. The full language is behind [`crate::fhir::path::FhirPath`].

mod compile;
mod token;
mod walk;

#[cfg(test)]
mod tests;

pub(crate) use compile::compile;
pub(crate) use walk::{Expression, Step};
