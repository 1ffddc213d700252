use axum::Router;
use axum::routing::{get, post};

use super::{bench, export};
use crate::state::App;

/// The pages below `views`.
pub(in crate::web::pages::hospital) fn routes() -> Router<App> {
    Router::new()
        .route("/views", get(bench::bench).post(bench::attempt))
        .route("/views/export", post(export::export))
}
