use axum::Router;
use axum::routing::get;

use super::{form, list};
use crate::state::App;

/// The pages and forms below `/assessments`.
pub(crate) fn routes() -> Router<App> {
    Router::new().route("/", get(list::list)).route("/{assessment}", get(form::show).post(form::hand_in))
}
