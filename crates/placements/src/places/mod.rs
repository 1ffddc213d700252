//! Places at hosts: what they ask for, and what somebody lacks for one.
//!
//! A place asks for documents that are checked and valid on its first day, and for competencies shown without help. [`lacks`] is everything that
//! is missing, so that nobody is turned away for one thing after another. Eligibility is asked once more when a match is frozen.

mod documents;
mod eligible;
#[cfg(test)]
mod tests;

pub use documents::{DOCUMENTS, Document, DocumentKind, kind_of};
pub use eligible::{Lack, Requirements, Shown, lacks};
