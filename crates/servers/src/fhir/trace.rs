use axum::extract::Request;
use axum::http::HeaderName;
use axum::middleware::Next;
use axum::response::Response;

/// Headers by which a client finds its request again in its own records (R4, 3.1.0.1.6).
const NAMES: [HeaderName; 2] =
    [HeaderName::from_static("x-request-id"), HeaderName::from_static("x-correlation-id")];
/// Longer ones are not worth repeating.
const BYTES_MAX: usize = 200;

/// Answers with the ids that the client gave its request.
pub(super) async fn echo(request: Request, next: Next) -> Response {
    let given = NAMES.map(|name| {
        let value = request.headers().get(&name).filter(|value| value.len() <= BYTES_MAX).cloned();
        (name, value)
    });
    let mut response = next.run(request).await;
    for (name, value) in given {
        if let Some(value) = value {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
