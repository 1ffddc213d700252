use axum::Router;
use axum::routing::get;

use super::{page, process, send};
use crate::state::App;

/// The pages below `flow`.
pub(in crate::web::pages::hospital) fn routes() -> Router<App> {
    Router::new()
        .route("/flow", get(page::flow).post(send::save))
        .route("/flow/process", get(process::process))
}
