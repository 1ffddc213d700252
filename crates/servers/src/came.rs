//! Where a request came from, noted once for every handler that wants to know.

use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use platform::access::Came;
use platform::incidents::PlayKey;

use crate::state::App;

/// Puts a [`Came`] beside the request: what people who are played say of themselves, or else the address of the socket. The
/// header with which they say it goes no further, whoever sent it.
pub(crate) async fn note(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let said = request.headers_mut().remove(PlayKey::HEADER);
    if request.extensions().get::<Came>().is_none() {
        let played = said.as_ref().and_then(|said| app.play_key.read(said.to_str().ok()?));
        let socket = request.extensions().get::<ConnectInfo<std::net::SocketAddr>>();
        let plain = socket.map(|ConnectInfo(from)| Came::from(from.ip().to_string()));
        if let Some(came) = played.or(plain) {
            request.extensions_mut().insert(came);
        }
    }
    next.run(request).await
}
