//! What an operator watches, in the Prometheus text format.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use crate::state::App;

/// Bounds of the duration histogram, in seconds.
const DURATIONS_S: [f64; 10] = [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    method: String,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Face {
    face: &'static str,
}

/// The counters of this process.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Route, Counter>,
    durations: Family<Face, Histogram, fn() -> Histogram>,
    sandboxes_open: Gauge,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("practicum");
        let requests = Family::<Route, Counter>::default();
        let durations: Family<Face, Histogram, fn() -> Histogram> =
            Family::new_with_constructor(|| Histogram::new(DURATIONS_S));
        let sandboxes_open = Gauge::default();
        registry.register("http_requests", "Requests answered", requests.clone());
        registry.register("http_request_duration_seconds", "Time to answer a request", durations.clone());
        registry.register("sandboxes_open", "Sandboxes held open", sandboxes_open.clone());
        Self { registry, requests, durations, sandboxes_open }
    }
}

/// Counts and times every request by its route, never by its address: a route names no patient.
pub(crate) async fn count(State(app): State<App>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().to_string();
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let face = face_of(&route);
    let response = next.run(request).await;
    let status = response.status().as_u16();
    app.metrics.requests.get_or_create(&Route { method, route, status }).inc();
    app.metrics.durations.get_or_create(&Face { face }).observe(started.elapsed().as_secs_f64());
    response
}

fn face_of(route: &str) -> &'static str {
    if route.starts_with("/s/{sandbox}/fhir") {
        "fhir"
    } else if route.starts_with("/api") || route.starts_with("/s/") {
        "api"
    } else {
        "web"
    }
}

/// `GET /metrics`.
pub(crate) async fn metrics(State(app): State<App>) -> Response {
    app.metrics.sandboxes_open.set(i64::try_from(app.platform.sandboxes_open()).unwrap_or(i64::MAX));
    let mut text = String::new();
    if encode(&mut text, &app.metrics.registry).is_err() {
        return axum::http::StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let media = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, media)], text).into_response()
}
