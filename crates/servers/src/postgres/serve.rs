use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use pgwire::tokio::process_socket;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use super::backend::Connection;
use crate::state::App;

/// Connections at a time; more wait to be taken.
const CONNECTIONS_MAX: usize = 64;
/// After a failed accept, which most often means that no file handle is free.
const PAUSE: Duration = Duration::from_millis(100);

/// Takes connections for ever, each in a task of its own.
pub async fn serve(listener: TcpListener, app: App) -> Infallible {
    let room = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    loop {
        let permit = Arc::clone(&room).acquire_owned().await;
        match listener.accept().await {
            Ok((stream, _)) => {
                let app = app.clone();
                tokio::spawn(async move {
                    talk(stream, app).await;
                    drop(permit);
                });
            }
            Err(error) => {
                tracing::warn!(%error, "a connection to the lake could not be taken");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

async fn talk(stream: TcpStream, app: App) {
    if let Err(error) = process_socket(stream, None, Connection::new(app)).await {
        tracing::debug!(%error, "a connection to the lake broke");
    }
}
