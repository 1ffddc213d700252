use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use platform::access::Came;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use super::patience::Patience;
use super::session::{Session, turn_away};
use crate::proxied;
use crate::state::App;

/// Associations at a time.
const ASSOCIATIONS_MAX: usize = 64;
/// Associations turned away at a time; beyond that connections are closed without a word.
const TURNED_AWAY_MAX: usize = 64;

/// Serves associations on `listener` for ever, each in a task of its own.
pub async fn serve(listener: TcpListener, app: App, patience: Patience) -> Infallible {
    let room = Arc::new(Semaphore::new(ASSOCIATIONS_MAX));
    let porch = Arc::new(Semaphore::new(TURNED_AWAY_MAX));
    loop {
        let (mut stream, from) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a DICOM connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        if let Ok(place) = Arc::clone(&room).try_acquire_owned() {
            let app = app.clone();
            tokio::spawn(async move {
                let plain = Came::from(from.ip().to_canonical().to_string());
                match proxied::came(&mut stream, &app.play_key, patience.request).await {
                    Ok(played) => {
                        let came = played.unwrap_or(plain);
                        Session::new(app, stream, (from, came), patience).attend().await;
                    }
                    Err(error) => {
                        tracing::info!(client.address = %from, %error, "a DICOM connection was closed");
                    }
                }
                drop(place);
            });
        } else if let Ok(place) = Arc::clone(&porch).try_acquire_owned() {
            tokio::spawn(async move {
                turn_away(stream, patience).await;
                drop(place);
            });
        }
    }
}
