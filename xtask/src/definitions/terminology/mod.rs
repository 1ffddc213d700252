//! `cargo xtask terminology`: the value sets, code systems and concept maps that `standards` ships.
//!
//! [`imports`] adds what US Core refers to without carrying it; [`select`] follows every binding of FHIR R4 and US Core to its value set and from there to the code systems;
//! [`reduce`] keeps of each resource what answers questions and drops the prose; [`write`] puts one resource on a
//! line, behind a table of contents, so that a reader parses only what it needs.

mod imports;
mod reduce;
mod select;
mod write;

pub(crate) use write::run;
