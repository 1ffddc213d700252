//! The analyst's side of a hospital: what can be ordered, in which sets, and the rules that look at orders.

mod edit;
mod list;
mod log;
mod order_set;
mod orderable;
mod restore;
mod routes;
mod rule;
mod versions;

use edit::Editor;
pub(super) use routes::routes;
