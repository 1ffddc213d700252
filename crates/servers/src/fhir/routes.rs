use axum::Router;
use axum::middleware::from_fn;
use axum::routing::{get, post};

use super::capability::metadata;
use super::export::with_exports;
use super::find;
use super::interact as act;
use super::operate::with_operations;
use super::trace::echo;
use crate::identity::smart_configuration;
use crate::state::App;

/// Every address of the FHIR face, below `/s/{sandbox}/fhir`. What is listed in [`INTERACTIONS`] is what the
/// CapabilityStatement claims.
///
/// [`INTERACTIONS`]: super::capability::INTERACTIONS
pub(crate) fn routes() -> Router<App> {
    let of_type = get(find::in_type).post(act::create).put(act::update_where).patch(act::patch_where);
    let of_type = of_type.delete(act::delete_where);
    let of_instance = get(act::read).put(act::update).patch(act::patch).delete(act::delete);
    let fhir = with_exports(with_operations(Router::new()))
        .route("/", get(find::in_system).post(act::bundle))
        .route("/_search", post(find::in_system_by_form))
        .route("/_history", get(act::system_history))
        .route("/metadata", get(metadata))
        .route("/.well-known/smart-configuration", get(smart_configuration))
        .route("/{kind}", of_type)
        .route("/{kind}/_search", post(find::in_type_by_form))
        .route("/{kind}/_history", get(act::type_history))
        .route("/{kind}/{id}", of_instance)
        .route("/{kind}/{id}/_history", get(act::history))
        .route("/{kind}/{id}/_history/{version}", get(act::vread))
        .route("/{kind}/{id}/_search", post(find::in_all_of_compartment_by_form))
        .route("/{kind}/{id}/{of_type}", get(find::in_compartment))
        .route("/{kind}/{id}/{of_type}/_search", post(find::in_compartment_by_form))
        .fallback(act::no_such_address)
        .method_not_allowed_fallback(act::no_such_method);
    let with_slash = get(find::in_system).post(act::bundle).fallback(act::no_such_method);
    Router::new().route("/s/{sandbox}/fhir/", with_slash).nest("/s/{sandbox}/fhir", fhir).layer(from_fn(echo))
}
