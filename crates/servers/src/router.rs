use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::routing::get;

use crate::body::BODY_BYTES_MAX;
use crate::metrics;
use crate::security_headers;
use crate::state::App;
use crate::whole_body::take_whole_body;

/// Every face that is served over HTTP.
pub fn router(app: App) -> Router {
    Router::new()
        .merge(crate::api::routes())
        .merge(crate::fhir::routes().layer(from_fn(crate::identity::open_to_all_origins)))
        .merge(crate::identity::routes())
        .merge(crate::kits::routes())
        .merge(crate::dicomweb::routes())
        .merge(crate::ledger::routes())
        .merge(crate::web::pages::routes(&app))
        .route("/healthz", get(|| async { "ok" }))
        .route("/metrics", get(metrics::metrics))
        .layer(from_fn_with_state(app.clone(), metrics::count))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(map_response(security_headers::add))
        .layer(from_fn(take_whole_body))
        .layer(from_fn_with_state(app.clone(), crate::came::note))
        .with_state(app)
}
