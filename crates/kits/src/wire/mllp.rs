//! MLLP: a connection over which messages go and come in frames.

use std::io::{Read as _, Write as _};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::time::{Duration, Instant};

use standards::hl7::mllp::{Decoder, Event, frame};

use super::{Limits, Trouble};

/// Bytes read at a time.
const PIECE_BYTES: usize = 16 * 1024;

/// A connection.
#[derive(Debug)]
pub struct Connection {
    stream: TcpStream,
    decoder: Decoder,
    address: String,
    /// Bytes that came and were read, up to a limit: what is shown when they were no frame.
    pub heard: Vec<u8>,
    left_bytes: usize,
}

impl Connection {
    /// Dials `host:port`.
    ///
    /// # Errors
    /// [`Trouble::Unreachable`].
    pub fn dial(address: &str, limits: &Limits) -> Result<Self, Trouble> {
        limits.reach.check(address)?;
        let unreachable = |what: String| Trouble::Unreachable(format!("{address} cannot be reached: {what}"));
        let all = address.to_socket_addrs().map_err(|error| unreachable(error.to_string()))?;
        let mut last = "the name leads nowhere".to_owned();
        for one in all {
            match TcpStream::connect_timeout(&one, limits.connect) {
                Ok(stream) => {
                    // Small messages must not wait to be joined by more; without it they are only slower.
                    drop(stream.set_nodelay(true));
                    return Ok(Self {
                        stream,
                        decoder: Decoder::new(limits.body_bytes_max),
                        address: address.to_owned(),
                        heard: Vec::new(),
                        left_bytes: limits.body_bytes_max,
                    });
                }
                Err(error) => last = error.to_string(),
            }
        }
        Err(unreachable(last))
    }

    /// Sends a message in a frame.
    ///
    /// # Errors
    /// [`Trouble::Garbage`] if the other side does not take it.
    pub fn send(&mut self, message: &[u8]) -> Result<(), Trouble> {
        self.send_raw(&frame(message))
    }

    /// Sends bytes as they are.
    ///
    /// # Errors
    /// As [`send`](Self::send).
    pub fn send_raw(&mut self, bytes: &[u8]) -> Result<(), Trouble> {
        self.stream.write_all(bytes).map_err(|error| {
            Trouble::Garbage(format!(
                "{} closed the connection before the message was sent: {error}",
                self.address
            ))
        })
    }

    /// The next frame, or what is wrong with what came instead; none if nothing came for so long.
    ///
    /// # Errors
    /// [`Trouble`] if the connection ended, or too much came.
    pub fn next(&mut self, patience: Duration) -> Result<Option<Event>, Trouble> {
        let until = Instant::now() + patience;
        let mut piece = vec![0; PIECE_BYTES];
        loop {
            if let Some(event) = self.decoder.next_event() {
                return Ok(Some(event));
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(None);
            }
            let late = |error: &std::io::Error| {
                matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut)
            };
            let read = self.stream.set_read_timeout(Some(left)).and_then(|()| self.stream.read(&mut piece));
            match read {
                Ok(0) => {
                    let half = self.decoder.half().map_or("", |_| " in the midst of a frame");
                    return Err(Trouble::Garbage(format!("{} closed the connection{half}", self.address)));
                }
                Ok(count) => self.take(&piece[..count])?,
                Err(error) if late(&error) => return Ok(None),
                Err(error) => {
                    return Err(Trouble::Garbage(format!("{} broke the connection: {error}", self.address)));
                }
            }
        }
    }

    fn take(&mut self, bytes: &[u8]) -> Result<(), Trouble> {
        self.heard.extend_from_slice(bytes);
        self.decoder.feed(bytes);
        self.left_bytes = self.left_bytes.saturating_sub(bytes.len());
        match self.left_bytes {
            0 => Err(Trouble::Endless(format!("{} sent more than is read", self.address))),
            _ => Ok(()),
        }
    }
}
