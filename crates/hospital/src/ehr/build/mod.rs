//! What analysts change: orderables, order sets, rules, and earlier versions of them.
//!
//! A definition that exists is changed in place, so whatever else its authors put there stays, and its history has every
//! version. Nothing is deleted: what is not offered any more is retired.

mod definition;
mod order_set;
mod orderable;
mod restore;
mod rule;
#[cfg(test)]
mod tests;

pub use definition::{DefinitionFacts, STATES};
pub use order_set::{ChangeOrderSet, change_order_set, item_lines};
pub use orderable::{ChangeOrderable, change_orderable, classes_of, conflicts_of};
pub use restore::{RestoreDefinition, restore_definition};
pub use rule::{ChangeRule, change_rule};
