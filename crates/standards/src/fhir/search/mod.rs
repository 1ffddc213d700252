//! FHIR search (R4, 3.1.1) without a store.
//!
//! Writing: [`extract`] reads from a resource the [`IndexEntry`] values it is found by, along
//! expressions that [`Parameters`] compiled once. Reading: [`query`] turns a client's parameters into
//! a [`query::Query`]. What a match means is said once, in [`compare`]; [`matches`] applies it to one
//! resource, and a store turns the same rules into its own language.

mod entry;
mod kind;
pub mod query;

pub use entry::{IndexEntry, IndexValue, ParamKey};
pub use kind::SearchKind;
