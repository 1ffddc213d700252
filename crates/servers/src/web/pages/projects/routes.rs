use axum::Router;
use axum::routing::{get, post};

use super::{act, hand_in, history, list, milestone, overview, result};
use crate::state::App;

/// The pages and forms below `/projects`.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(list::list).post(list::start))
        .route("/{project}", get(overview::overview))
        .route("/{project}/act", post(act::act))
        .route("/{project}/look", post(act::look))
        .route("/{project}/close", post(act::close))
        .route("/{project}/hand-in", post(hand_in::hand_in))
        .route("/{project}/history", get(history::history))
        .route("/{project}/result", get(result::result))
        .route("/{project}/milestones/{milestone}", get(milestone::milestone))
        .route("/{project}/milestones/{milestone}/versions/{version}/file", get(hand_in::file))
}
