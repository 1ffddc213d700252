//! Placeholders: how a lab's text becomes this learner's text.
//!
//! A placeholder is a path in braces, `{patient.mrn}`: a name, then fields, each after a dot. A number picks from a
//! list; a field of a list means that field of every item. Any other use of braces, such as JSON in a brief or `{}` in
//! `FHIRPath`, stays as it is. Values are escaped for the place they go to, so that a patient named O'Hara breaks
//! neither a search nor an expression.

mod escape;
mod path;
mod place;
mod values;

pub use escape::Escape;
pub use path::{look_up, plain};
pub use place::{Placeholder, UnknownValue, fill, fill_json, placeholders};
pub use values::{BUILT_IN, Values};
