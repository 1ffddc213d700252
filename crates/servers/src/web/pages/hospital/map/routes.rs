use axum::Router;
use axum::routing::{get, post};

use super::{act, compare, events, interface, page};
use crate::state::App;

/// The pages of the map.
pub(in crate::web::pages::hospital) fn routes() -> Router<App> {
    Router::new()
        .route("/map", get(page::map))
        .route("/map/events", get(events::events))
        .route("/map/clock", post(act::clock))
        .route("/map/living", post(act::living))
        .route("/map/playing", post(act::playing))
        .route("/map/compare", get(compare::census))
        .route("/map/compare/{patient}", get(compare::patient))
        .route("/map/{interface}", get(interface::interface).post(act::interface))
}
