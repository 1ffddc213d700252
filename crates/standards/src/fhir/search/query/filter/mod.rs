//! `_filter` (FHIR R4, 3.1.3): comparisons joined by `and`, `or` and `not`.
//!
//! [`words`] cuts the text, [`tree`] reads it, and [`compare`] makes of each comparison the condition that the parameter
//! of the same name would make. Length and depth are limited before anything is built.

mod compare;
mod tree;
mod words;

pub(super) use tree::read;
pub use words::FILTER_BYTES_MAX;
