use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, BodyDataStream, Bytes, HttpBody as _};
use axum::extract::Request;
use axum::http::header;
use axum::middleware::Next;
use axum::response::Response;
use futures_util::{Stream, StreamExt as _};
use tokio::runtime::Handle;
use tokio::time::timeout;

use crate::body::BODY_BYTES_MAX;

/// How long a body that nobody wants is read for.
const UNWANTED_S_MAX: Duration = Duration::from_secs(10);

/// Takes what a client still sends after its answer is made. Without this the connection would be closed under a client
/// that is busy sending, and many clients then lose the answer that says why. Who asked first whether to send has
/// nothing under way (RFC 9110, 10.1.1).
pub(crate) async fn take_whole_body(request: Request, next: Next) -> Response {
    if request.body().is_end_stream() || request.headers().contains_key(header::EXPECT) {
        return next.run(request).await;
    }
    next.run(request.map(|body| Body::from_stream(WholeBody(Some(body.into_data_stream()))))).await
}

/// A body that is read to its end by somebody: the rest by a task of its own, within limits.
struct WholeBody(Option<BodyDataStream>);

impl Stream for WholeBody {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(body) = &mut self.0 else { return Poll::Ready(None) };
        let polled = Pin::new(body).poll_next(context);
        if matches!(polled, Poll::Ready(None | Some(Err(_)))) {
            self.0 = None;
        }
        polled
    }
}

impl Drop for WholeBody {
    fn drop(&mut self) {
        if let (Some(rest), Ok(runtime)) = (self.0.take(), Handle::try_current()) {
            runtime.spawn(timeout(UNWANTED_S_MAX, discard(rest)));
        }
    }
}

async fn discard(mut rest: BodyDataStream) {
    let mut bytes = 0;
    while let Some(Ok(chunk)) = rest.next().await {
        bytes += chunk.len();
        if bytes > BODY_BYTES_MAX {
            return;
        }
    }
}
