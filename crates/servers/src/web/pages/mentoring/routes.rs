use axum::Router;
use axum::routing::{get, post};

use super::{act, guests, mine, pairing, profile, sessions};
use crate::state::App;

/// The pages and forms below `/mentoring`.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(mine::mine))
        .route("/profile", get(profile::profile).post(profile::keep))
        .route("/answer", post(act::answer))
        .route("/rematch", post(act::rematch))
        .route("/sessions", post(sessions::arrange))
        .route("/sessions.ics", get(sessions::calendar))
        .route("/sessions/{session}/session.ics", get(sessions::one))
        .route("/sessions/{session}/actions", post(sessions::add_action))
        .route("/sessions/{session}/done", post(sessions::set_action))
        .route("/sessions/{session}/cancel", post(sessions::cancel))
        .route("/guests", post(guests::invite))
        .route("/look/{sandbox}", post(guests::look))
        .route("/look/{sandbox}/mark", post(guests::mark))
        .route("/pairing", get(pairing::pairing).post(pairing::ask))
}
