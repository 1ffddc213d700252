//! Codes, their meanings, and the sets they are chosen from (FHIR R4, terminology module).
//!
//! [`Terminology`] answers: does a code belong to a value set ([`Membership`]), which codes does it have
//! ([`Expansion`]), what does a code mean and which are above it, is it right as written, how is it said in another
//! system. It rests on the shipped resources, and before them on those of a [`Source`], so that what a learner has
//! stored counts too. What ships is a choice: of LOINC or SNOMED CT only the codes that published value sets list. Where
//! that is not enough, the answer says so instead of guessing.
//!
//! ```
//! use standards::fhir::terminology::{Membership, Terminology};
//!
//! let gender = "http://hl7.org/fhir/ValueSet/administrative-gender";
//! assert_eq!(Terminology::r4().membership(gender, None, "female"), Membership::Member);
//! ```

mod canonical;
mod code_system;
mod coding;
mod concept_map;
mod error;
mod expand;
mod filter;
mod json;
mod library;
mod limits;
mod lookup;
mod membership;
mod shipped;
mod source;
#[cfg(test)]
mod tests;
mod translate;
mod validate;
mod value_set;

pub use canonical::Canonical;
pub use code_system::{CodeSystem, Concept};
pub use coding::Coding;
pub use concept_map::ConceptMap;
pub use error::TerminologyError;
pub use expand::{Expand, Expansion, Member};
pub use library::Terminology;
pub use limits::Limits;
pub use lookup::{Found, Subsumption};
pub use membership::Membership;
pub use source::{Kind, Source};
pub use translate::{Match, Translate};
pub use validate::Validation;
pub use value_set::ValueSet;
