//! The analyst's side of a hospital: what can be ordered, in which sets, the rules that look at orders, the services of
//! others that advise, and who may do what.

mod edit;
mod list;
mod log;
mod order_set;
mod orderable;
mod restore;
mod roles;
mod roles_past;
mod routes;
mod rule;
mod service;
mod services;
mod versions;

use edit::Editor;
pub(super) use routes::routes;
