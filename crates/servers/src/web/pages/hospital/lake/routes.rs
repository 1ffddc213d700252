use axum::Router;
use axum::routing::{get, post};

use super::{bench, cell, saved, send};
use crate::state::App;

/// The pages below `lake`.
pub(in crate::web::pages::hospital) fn routes() -> Router<App> {
    Router::new()
        .route("/lake", get(bench::bench))
        .route("/lake/progress", get(bench::progress))
        .route("/lake/cell", get(cell::another).post(cell::ask))
        .route("/lake/question", post(saved::save))
        .route("/lake/question/remove", post(saved::remove))
        .route("/lake/snapshot", post(send::snapshot))
        .route("/lake/reason", post(send::reason))
}
