use axum::Router;
use axum::routing::get;

use super::{filing, list};
use crate::state::App;

/// The pages below `compliance`.
pub(in crate::web::pages::hospital) fn routes() -> Router<App> {
    Router::new()
        .route("/compliance", get(list::list))
        .route("/compliance/new/{kind}", get(filing::form).post(filing::send))
        .route("/compliance/papers/{paper}", get(list::paper))
}
