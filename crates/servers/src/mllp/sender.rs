use std::io;
use std::time::Duration;

use standards::hl7::message::{Message, ParseError, Path};
use standards::hl7::mllp::{Decoder, Event, Fault, frame};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpStream, ToSocketAddrs};
use tokio::time::timeout;

/// The longest acknowledgement that is read.
const ANSWER_BYTES_MAX: usize = 1 << 20;
/// What is read at a time.
const PIECE_BYTES: usize = 4 * 1024;

/// Why a message is not known to have arrived.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// Nobody answers there, or the connection broke.
    #[error("the connection failed: {0}; is the receiver listening?")]
    Connection(#[from] io::Error),
    /// The receiver closed the connection first.
    #[error("the receiver closed the connection before it acknowledged")]
    Closed,
    /// No acknowledgement came in time. The message may have arrived: sending it again may double it.
    #[error("no acknowledgement came within {} ms; the message may have arrived all the same", .0.as_millis())]
    Late(Duration),
    /// What came is not framed as it should be.
    #[error("the receiver's answer cannot be read: {0}")]
    Frame(Fault),
    /// What came is not a message.
    #[error("the receiver's answer is no message: {0}")]
    Answer(#[from] ParseError),
}

/// A connection to a receiver of messages.
#[derive(Debug)]
pub struct Sender<S> {
    stream: S,
    decoder: Decoder,
}

impl Sender<TcpStream> {
    /// Connects in the open.
    ///
    /// # Errors
    /// When nobody listens there.
    pub async fn connect(address: impl ToSocketAddrs) -> Result<Self, SendError> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self::over(stream))
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Sender<S> {
    /// Sends over a stream that stands already, such as one inside TLS.
    pub fn over(stream: S) -> Self {
        Self { stream, decoder: Decoder::new(ANSWER_BYTES_MAX) }
    }

    /// Sends a message and waits for the acknowledgement whose MSA-2 is its MSH-10. A late acknowledgement of an earlier
    /// message is passed over: to take it for this one's would lose this one unnoticed.
    ///
    /// # Errors
    /// [`SendError`]; after [`SendError::Late`] the connection can still be used.
    pub async fn send(&mut self, message: &Message, wait: Duration) -> Result<Message, SendError> {
        timeout(wait, self.exchange(message)).await.map_err(|_| SendError::Late(wait))?
    }

    async fn exchange(&mut self, message: &Message) -> Result<Message, SendError> {
        self.stream.write_all(&frame(message.bytes())).await?;
        self.stream.flush().await?;
        let named = Path::field("MSA", 2);
        loop {
            let answer = self.answer().await?;
            if answer.get(&named).unwrap_or_default() == message.control_id() {
                return Ok(answer);
            }
            tracing::debug!("an acknowledgement of another message was passed over");
        }
    }

    /// The next message that comes.
    async fn answer(&mut self) -> Result<Message, SendError> {
        let mut piece = [0; PIECE_BYTES];
        loop {
            match self.decoder.next_event() {
                Some(Event::Frame(bytes)) => return Ok(Message::parse(bytes)?),
                Some(Event::Fault(Fault::NoReturn)) => {}
                Some(Event::Fault(fault)) => return Err(SendError::Frame(fault)),
                None => match self.stream.read(&mut piece).await? {
                    0 => return Err(SendError::Closed),
                    count => self.decoder.feed(&piece[..count]),
                },
            }
        }
    }
}
