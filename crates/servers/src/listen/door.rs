use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::serve::Listener;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_rustls::TlsAcceptor;

use super::Tls;

/// How long a client may take for its handshake.
const HANDSHAKE_MAX: Duration = Duration::from_secs(10);

/// Connections that have shaken hands and wait to be served.
const WAITING_MAX: usize = 64;

/// Bytes in both directions, plain or not.
pub(super) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

/// Where connections come in, ready to speak HTTP.
pub(super) enum Door {
    /// As the network brings them.
    Plain(TcpListener),
    /// After their TLS handshake, each of which runs in a task of its own: a slow one must not hold up the others.
    Tls { ready: mpsc::Receiver<(TlsStream, SocketAddr)>, address: SocketAddr },
}

type TlsStream = tokio_rustls::server::TlsStream<TcpStream>;

impl Door {
    /// Opens the door on `listener`.
    pub(super) fn open(listener: TcpListener, tls: Option<Tls>) -> io::Result<Self> {
        let Some(Tls { acceptor }) = tls else {
            return Ok(Self::Plain(listener));
        };
        let address = listener.local_addr()?;
        let (send, ready) = mpsc::channel(WAITING_MAX);
        tokio::spawn(accept_tls(listener, acceptor, send));
        Ok(Self::Tls { ready, address })
    }
}

impl Listener for Door {
    type Io = Box<dyn Stream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, SocketAddr) {
        match self {
            Self::Plain(listener) => {
                let (stream, from) = Listener::accept(listener).await;
                answer_at_once(&stream);
                (Box::new(stream), from)
            }
            Self::Tls { ready, .. } => match ready.recv().await {
                Some((stream, from)) => (Box::new(stream), from),
                // The accepting task only ends with the program.
                None => std::future::pending().await,
            },
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        match self {
            Self::Plain(listener) => listener.local_addr(),
            Self::Tls { address, .. } => Ok(*address),
        }
    }
}

/// Accepts and shakes hands until nobody takes the connections any more.
async fn accept_tls(
    mut listener: TcpListener,
    acceptor: TlsAcceptor,
    ready: mpsc::Sender<(TlsStream, SocketAddr)>,
) {
    loop {
        let (stream, from) = tokio::select! {
            accepted = Listener::accept(&mut listener) => accepted,
            () = ready.closed() => return,
        };
        answer_at_once(&stream);
        let (acceptor, ready) = (acceptor.clone(), ready.clone());
        tokio::spawn(async move {
            match tokio::time::timeout(HANDSHAKE_MAX, acceptor.accept(stream)).await {
                Ok(Ok(stream)) => drop(ready.send((stream, from)).await),
                Ok(Err(error)) => tracing::debug!(client.address = %from, %error, "a TLS handshake failed"),
                Err(_) => tracing::debug!(client.address = %from, "a TLS handshake took too long"),
            }
        });
    }
}

/// Small answers must not wait to be joined by more (Nagle's algorithm).
fn answer_at_once(stream: &TcpStream) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection keeps its delay");
    }
}
