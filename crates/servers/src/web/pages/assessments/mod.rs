//! Assessments on the first and the last day: the forms, and afterwards what was right and why.

mod fault;
mod form;
mod list;

use axum::Router;
use axum::routing::get;

use crate::state::App;

/// The pages and forms below `/assessments`.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/", get(list::list)).route("/{assessment}", get(form::show).post(form::hand_in))
}
