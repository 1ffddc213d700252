use std::convert::Infallible;
use std::net::SocketAddr;
use std::time::Duration;

use platform::messages::Peer;
use tokio::net::{TcpListener, TcpStream};

use super::conversation::Conversation;
use super::limits::Limits;
use super::peers::Peers;
use crate::listen::Tls;
use crate::proxied;
use crate::state::App;

/// After a failed accept, which most often means that no file handle is free.
const PAUSE: Duration = Duration::from_millis(100);

/// Takes connections for ever, each in a task of its own.
pub async fn serve(listener: TcpListener, tls: Option<Tls>, app: App, limits: Limits) -> Infallible {
    let peers = Peers::default();
    loop {
        let (stream, address) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "an MLLP connection could not be taken");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        tokio::spawn(talk(stream, address, tls.clone(), app.clone(), limits, peers.clone()));
    }
}

/// One connection from its handshake to its end.
async fn talk(
    mut stream: TcpStream,
    address: SocketAddr,
    tls: Option<Tls>,
    app: App,
    limits: Limits,
    peers: Peers,
) {
    let counted = peers.count(address.ip(), limits.connections_max);
    // Acknowledgements are small and must not wait to be joined by more.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "an MLLP connection keeps its delay");
    }
    let talked = match tls {
        None => match proxied::came(&mut stream, &app.play_key, limits.patience.min(limits.idle_max)).await {
            Ok(played) => {
                let peer = played.map_or_else(|| Peer::at(address, false), |came| Peer::played(&came));
                Conversation::new(stream, (address, peer), app, limits).run(counted.is_some()).await
            }
            Err(error) => Err(error),
        },
        Some(tls) => match tokio::time::timeout(limits.patience, tls.acceptor.accept(stream)).await {
            Ok(Ok(stream)) => {
                let certified = stream.get_ref().1.peer_certificates().is_some();
                let peer = Peer::at(address, certified);
                Conversation::new(stream, (address, peer), app, limits).run(counted.is_some()).await
            }
            Ok(Err(error)) => Err(error),
            Err(_) => Err(std::io::ErrorKind::TimedOut.into()),
        },
    };
    if let Err(error) = talked {
        tracing::debug!(client.address = %address, %error, "an MLLP connection broke");
    }
}
