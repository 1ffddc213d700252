use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};

use crate::web::assets::{Asset, asset as find};

/// The script that runs as a worker, and what it may do: run the compiler's machine code, and reach nothing.
const WORKER: (&str, &str) =
    ("solc-worker.js", "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; frame-ancestors 'none'");

/// A style, script or font. Its name changes with its content, so it may be kept for ever.
pub(super) async fn asset(Path(file): Path<String>, headers: HeaderMap) -> Response<Body> {
    let Some(found) = find(&file) else { return status(StatusCode::NOT_FOUND) };
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|tag| tag.as_bytes() == found.etag.as_bytes());
    let mut response = if known { status(StatusCode::NOT_MODIFIED) } else { body(found, &headers) };
    let set = response.headers_mut();
    set.insert(header::ETAG, HeaderValue::from_static(found.etag));
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    set.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    response
}

fn body(found: &'static Asset, headers: &HeaderMap) -> Response<Body> {
    let accepted =
        headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let gzip = found.gzip.filter(|_| accepted.contains("gzip"));
    let mut response = Response::new(Body::from(gzip.unwrap_or(found.bytes)));
    let set = response.headers_mut();
    set.insert(header::CONTENT_TYPE, HeaderValue::from_static(found.content_type));
    if found.name == WORKER.0 {
        set.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(WORKER.1));
    }
    if gzip.is_some() {
        set.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}

fn status(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}
