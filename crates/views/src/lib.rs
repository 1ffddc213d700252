//! SQL on FHIR: tables over resources (SQL on FHIR 2.0, HL7; read November 2026).
//!
//! A ViewDefinition says which resources become rows of which columns. It is [read](View::read) once, with
//! every mistake found and its place told, and then [flattens](View::rows) one resource after the other, so
//! that a hospital of any size streams through. What a stranger's view may cost is bounded: its parts, its
//! depth, the rows one resource can turn into, and, by `fhirpath`, the work of its expressions.

mod problem;
mod read;
mod rows;
mod view;
mod write;

pub use problem::{Remark, RowError, ViewProblem};
pub use rows::Row;
pub use view::{Column, View};
pub use write::{Format, Writer};
