//! What the hospital can order, in which sets, and what it warns of.
//!
//! Three small tables that every hospital starts with, written as the resources analysts keep from then on: each
//! orderable is an `ActivityDefinition`, each order set and each rule a `PlanDefinition`. Their ids are words, since
//! people name them. The tables are examples for teaching; none of them is clinical advice.

mod order_sets;
mod orderables;
mod rules;
#[cfg(test)]
mod tests;
mod write;

pub use write::{DRUG_CLASS, ORDERABLE_KIND, RULE_SEVERITY, canonical};
pub(crate) use write::{starting_orderables, write};
