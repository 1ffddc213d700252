//! Placeholders: how a lab's text becomes this learner's text.
//!
//! A placeholder is a path in braces, `{patient.mrn}`: a name, then fields, each after a dot. A number picks from a
//! list; a field of a list means that field of every item. Any other use of braces, such as JSON in a brief or `{}` in
//! `FHIRPath`, stays as it is. Values are escaped for the place they go to, so that a patient named O'Hara breaks
//! neither a search nor an expression.

mod escape;
mod path;
mod place;

pub use escape::Escape;
pub use path::{look_up, plain};
pub use place::{Placeholder, UnknownValue, fill, fill_json, placeholders};

/// The values of an attempt by name: params, fixed values of the variant, `fault`, and what the platform adds.
pub type Values = std::collections::BTreeMap<String, serde_json::Value>;

/// Values every attempt has without declaring them; the platform supplies them.
///
/// `sandbox` is the sandbox's id, `fhir` its FHIR base address, `now` the hospital's time at the start as a FHIR
/// instant, `today` its day, `variant` the variant's id.
pub const BUILT_IN: [&str; 5] = ["sandbox", "fhir", "now", "today", "variant"];
