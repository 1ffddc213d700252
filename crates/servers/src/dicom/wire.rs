use std::time::Duration;

use platform::imaging::association::{Frames, Pdu, bytes};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Bytes read at a time.
const CHUNK: usize = 64 * 1024;

/// A connection that speaks PDUs.
pub(super) struct Wire {
    stream: TcpStream,
    frames: Frames,
    /// How long the rest of a PDU may take.
    within: Duration,
}

/// Why nothing more comes.
#[derive(Debug)]
pub(super) enum Stopped {
    /// The peer closed the connection, cleanly or in the midst of a PDU.
    Closed { midway: bool },
    /// The peer said nothing for too long, or stopped in the midst of a PDU.
    Silent { midway: bool },
    /// The peer sent something that is no PDU.
    Unreadable(String),
}

impl Wire {
    pub(super) fn new(stream: TcpStream, within: Duration) -> Self {
        // Small answers must not wait to be joined by more; a connection that keeps its delay works too.
        drop(stream.set_nodelay(true));
        Self { stream, frames: Frames::default(), within }
    }

    /// The next PDU, which must begin within `wait`.
    pub(super) async fn next(&mut self, wait: Duration) -> Result<Pdu, Stopped> {
        let mut chunk = vec![0; CHUNK];
        loop {
            match self.frames.next_pdu() {
                Ok(Some(pdu)) => return Ok(pdu),
                Ok(None) => {}
                Err(error) => return Err(Stopped::Unreadable(error.to_string())),
            }
            let midway = self.frames.is_within();
            let wait = if midway { self.within } else { wait };
            match timeout(wait, self.stream.read(&mut chunk)).await {
                Err(_) => return Err(Stopped::Silent { midway }),
                Ok(Ok(0) | Err(_)) => return Err(Stopped::Closed { midway }),
                Ok(Ok(read)) => self.frames.push(&chunk[..read]),
            }
        }
    }

    /// Sends a PDU; false if the peer does not take it.
    pub(super) async fn send(&mut self, pdu: &Pdu) -> bool {
        matches!(timeout(self.within, self.stream.write_all(&bytes(pdu))).await, Ok(Ok(())))
    }

    /// Closes after everything is sent. What the peer still sends is read for a moment, so that it is not cut off from the
    /// answer.
    pub(super) async fn close(mut self) {
        drop(self.stream.shutdown().await);
        let mut rest = vec![0; CHUNK];
        let drain = async { while matches!(self.stream.read(&mut rest).await, Ok(read) if read > 0) {} };
        drop(timeout(Duration::from_secs(1), drain).await);
    }
}
