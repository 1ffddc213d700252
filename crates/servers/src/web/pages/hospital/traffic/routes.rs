use axum::Router;
use axum::routing::get;

use super::{diagram, exchange, list};
use crate::state::App;

/// The pages below `traffic`.
pub(in crate::web::pages::hospital) fn routes() -> Router<App> {
    Router::new()
        .route("/traffic", get(list::list))
        .route("/traffic/diagram", get(diagram::listed))
        .route("/traffic/diagram/{form}", get(diagram::listed_as))
        .route("/traffic/{seq}", get(exchange::shown))
        .route("/traffic/{seq}/journey", get(diagram::journey))
        .route("/traffic/{seq}/journey/{form}", get(diagram::journey_as))
}
