//! `cargo xtask definitions`: the FHIR R4 specification, reduced to what `standards` needs.
//!
//! The published definitions are some 80 MB of prose, mappings and invariants. What a server needs
//! to check a resource, shorten it and search it fits into half a megabyte: the elements of each type
//! ([`types`]), the codes of the required bindings ([`codes`]) and the search parameters
//! ([`search`]). The file is the same, byte for byte, whenever the input is.

mod codes;
mod package;
mod search;
mod terminology;
mod types;
mod write;

pub(crate) use terminology::run as terminology;
pub(crate) use write::run;
