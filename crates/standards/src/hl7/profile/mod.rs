//! Message profiles: what a receiver asks of a message, as data, and what a message lacks (HL7 v2.5.1, 2.B).
//!
//! A [`Shelf`] holds the structures of messages, the fields of segments, the components of data types and tables of codes;
//! the shipped one is written in `data/hl7`. A [`Profile`] is one structure of it, and [`Profile::validate`] compares a
//! message with it and reports every finding with its place and the code an acknowledgement carries. What the shelf does
//! not describe is not judged.

mod fields;
mod form;
mod load;
mod model;
mod order;
mod structure;
mod usage;
mod validate;
mod value;

#[cfg(test)]
mod tests;

pub use load::ShelfError;
pub use model::{Element, Profile, Shelf, Structure, Table};
pub use structure::Node;
pub use usage::{Usage, When};
