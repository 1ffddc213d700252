use axum::Router;
use axum::routing::{any, get, post};

use super::capability::metadata;
use super::interact as act;
use super::operate::with_operations;
use crate::state::App;

/// Every address of the FHIR face, below `/s/{sandbox}/fhir`. What is listed in [`INTERACTIONS`] is what the
/// CapabilityStatement claims.
///
/// [`INTERACTIONS`]: super::capability::INTERACTIONS
pub(crate) fn routes() -> Router<App> {
    let fhir = with_operations(Router::new())
        .route("/", post(act::bundle))
        .route("/metadata", get(metadata))
        .route("/{kind}", get(act::search).post(act::create))
        .route("/{kind}/_search", post(act::search_by_form))
        .route("/{kind}/_history", get(act::type_history))
        .route("/{kind}/{id}", get(act::read).put(act::update).delete(act::delete))
        .route("/{kind}/{id}/_history", get(act::history))
        .route("/{kind}/{id}/_history/{version}", get(act::vread))
        .route("/{kind}/", any(act::no_such_address))
        .route("/{kind}/{id}/", any(act::no_such_address))
        .route("/{kind}/{id}/{*rest}", any(act::no_such_address))
        .method_not_allowed_fallback(act::no_such_method);
    let with_slash = post(act::bundle).fallback(act::no_such_method);
    Router::new().route("/s/{sandbox}/fhir/", with_slash).nest("/s/{sandbox}/fhir", fhir)
}
