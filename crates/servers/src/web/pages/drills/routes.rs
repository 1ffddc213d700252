use axum::Router;
use axum::routing::{get, post};

use super::{act, console, debrief, events, labels, list, replay, rooms};
use crate::state::App;

/// The pages and forms below `/drills`.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(list::list).post(list::start))
        .route("/join", post(list::join))
        .route("/{drill}", get(console::console))
        .route("/{drill}/rooms", get(rooms::rooms))
        .route("/{drill}/labels", get(labels::labels))
        .route("/{drill}/at/{thing}", get(labels::at))
        .route("/{drill}/events", get(events::events))
        .route("/{drill}/give", post(act::give))
        .route("/{drill}/pass", post(act::pass))
        .route("/{drill}/clock", post(act::clock))
        .route("/{drill}/inject", post(act::inject))
        .route("/{drill}/roles", post(act::roles))
        .route("/{drill}/end", post(act::end))
        .route("/{drill}/debrief", get(debrief::debrief))
        .route("/{drill}/replay", get(replay::replay))
}
