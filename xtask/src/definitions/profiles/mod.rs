//! `cargo xtask profiles`: the profiles that `standards` ships.
//!
//! [`select`] chooses the StructureDefinitions: every type of FHIR R4, its extensions, its vital signs, and US Core.
//! [`base`] knows what the types themselves say; [`reduce`] keeps of each definition only what goes beyond that, because the
//! structure of types is checked elsewhere; [`write`] puts one definition on a line, behind a table of contents.

mod base;
mod reduce;
mod select;
mod write;

pub(crate) use write::run;
