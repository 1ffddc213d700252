//! `cargo xtask definitions`: the FHIR R4 specification, reduced to what `standards` needs.
//!
//! The published definitions are some 80 MB of prose, mappings and invariants. What a server needs
//! to check a resource, shorten it and search it fits into half a megabyte: the elements of each type
//! ([`types`]), the codes of the required bindings ([`codes`]) and the search parameters
//! ([`search`]). The file is the same, byte for byte, whenever the input is.

mod codes;
mod package;
mod profiles;
mod search;
mod terminology;
mod types;
mod v2_to_fhir;
mod write;

pub(crate) use profiles::run as profiles;
pub(crate) use terminology::run as terminology;
pub(crate) use v2_to_fhir::run as v2_to_fhir;
pub(crate) use write::run;
