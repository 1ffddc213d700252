use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

const ON_ASKING: [(HeaderName, &str); 3] = [
    (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST, PUT, PATCH, DELETE"),
    (
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        "Authorization, Accept, Content-Type, If-Match, If-None-Match, If-None-Exist, If-Modified-Since, Prefer, X-Request-Id",
    ),
    (header::ACCESS_CONTROL_MAX_AGE, "600"),
];
const EXPOSED: &str =
    "Content-Location, ETag, Last-Modified, Location, Retry-After, WWW-Authenticate, X-Progress";

/// Lets pages of every origin read the answer. They are asked for without cookies (`*` is no leave to send any), so that all
/// such a page can do is what its token allows.
pub(crate) async fn open_to_all_origins(request: Request, next: Next) -> Response {
    let asks_first = request.method() == Method::OPTIONS
        && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = if asks_first {
        let allowed = ON_ASKING.map(|(name, value)| (name, HeaderValue::from_static(value)));
        (StatusCode::NO_CONTENT, allowed).into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED));
    response
}
