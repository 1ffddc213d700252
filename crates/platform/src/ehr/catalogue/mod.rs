//! What analysts keep: orderables, order sets and rules, with their versions.

mod list;
mod versions;

pub use hospital::ehr::{
    Rule, classes_of, codes_of, conflicts_of, item_lines, orderable_kind, rule_of, set_items, title_of,
};
pub use list::{Catalogue, catalogue, definition};
pub use versions::{Version, versions};
