//! FHIR search (R4, 3.1.1) without a store.
//!
//! Writing: [`extract`] reads from a resource the [`IndexEntry`] values it is found by, along
//! expressions that [`Parameters`] compiled once. Reading: [`query`] turns a client's parameters into
//! a [`query::Query`]. What a match means is said once, in [`compare`]; [`matches`] applies it to one
//! resource, and a store turns the same rules into its own language.

mod codes;
pub mod compare;
pub mod compartment;
mod component;
mod date;
mod decimal;
mod entry;
mod expression;
mod extract;
mod kind;
mod matches;
mod parameter;
pub mod query;
mod reference;
mod systems;
mod text;
mod us_core;

#[cfg(test)]
mod tests;

pub use codes::{Coded, Codes, NoCodes};
pub use date::span;
pub use entry::{ELEMENTS_MAX, IndexEntry, IndexValue, ParamKey};
pub use extract::extract;
pub use kind::SearchKind;
pub use matches::{Others, matches, matches_among};
pub use parameter::{Parameters, Refused, SearchParameter};
pub use text::normalise;
