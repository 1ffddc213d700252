use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;
use platform::imaging::Level;

use super::call::{Call, not_there};
use super::{rendered, retrieve, search, store};
use crate::state::App;

/// The largest body of a request that stores.
const STORE_BYTES_MAX: usize = 128 << 20;

/// Every address of the archive, below `/s/{sandbox}/dicomweb`.
pub(crate) fn routes() -> Router<App> {
    let studies = get(|call: Call| search::search(call, Level::Study));
    let series = get(|call: Call| search::search(call, Level::Series));
    let instances = get(|call: Call| search::search(call, Level::Image));
    const STUDY: &str = "/studies/{study}";
    const SERIES: &str = "/studies/{study}/series/{series}";
    const INSTANCE: &str = "/studies/{study}/series/{series}/instances/{instance}";
    let at = |address: &str, rest: &str| format!("{address}{rest}");
    let archive = Router::new()
        .route("/studies", studies.post(store::store))
        .route("/series", series.clone())
        .route("/instances", instances.clone())
        .route(STUDY, get(retrieve::objects).post(store::store))
        .route(&at(STUDY, "/series"), series)
        .route(&at(STUDY, "/instances"), instances.clone())
        .route(&at(STUDY, "/metadata"), get(retrieve::metadata))
        .route(SERIES, get(retrieve::objects))
        .route(&at(SERIES, "/instances"), instances)
        .route(&at(SERIES, "/metadata"), get(retrieve::metadata))
        .route(INSTANCE, get(retrieve::objects))
        .route(&at(INSTANCE, "/metadata"), get(retrieve::metadata))
        .route(&at(INSTANCE, "/rendered"), get(rendered::rendered))
        .route(&at(INSTANCE, "/frames/{frames}"), get(retrieve::frames))
        .route(&at(INSTANCE, "/frames/{frames}/rendered"), get(rendered::rendered))
        .layer(DefaultBodyLimit::max(STORE_BYTES_MAX))
        .fallback(|| async { not_there() });
    Router::new().nest("/s/{sandbox}/dicomweb", archive)
}
