use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::Tls;
use super::door::Door;

/// How long requests in flight may still take after the stop. Pages that listen for events never end by themselves.
const GRACE: Duration = Duration::from_secs(3);

/// Serves `router` on `listener` until `stop` resolves.
///
/// Then it takes no more connections and returns when requests in flight are answered, at most three seconds later.
/// Handlers find the client as `ConnectInfo<SocketAddr>`.
///
/// # Errors
/// If the listener has no address.
pub async fn serve(
    listener: TcpListener,
    tls: Option<Tls>,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    // `tap_io` is what lets the address of a listener of our own reach handlers.
    let door = Door::open(listener, tls)?.tap_io(|_| ());
    let (stopping, stopped) = oneshot::channel();
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(door, service).with_graceful_shutdown(async move {
        stop.await;
        drop(stopping);
    });
    let out_of_patience = async move {
        // The channel carries nothing; that it closes is the message.
        drop(stopped.await as Result<(), _>);
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        served = serving => served,
        () = out_of_patience => Ok(()),
    }
}
