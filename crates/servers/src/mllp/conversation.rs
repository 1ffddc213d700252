use std::io;
use std::net::SocketAddr;

use platform::messages::Peer;
use standards::hl7::mllp::{Decoder, Event, Fault, frame};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::timeout;

use super::limits::Limits;
use crate::state::App;

/// What is read at a time.
const PIECE_BYTES: usize = 16 * 1024;

/// One connection: frames in, acknowledgements out.
pub(super) struct Conversation<S> {
    stream: S,
    peer: SocketAddr,
    /// Whether the peer showed a certificate.
    certified: bool,
    app: App,
    limits: Limits,
    decoder: Decoder,
}

/// What becomes of the connection.
#[derive(PartialEq, Eq)]
enum Next {
    Goes,
    Ends,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Conversation<S> {
    pub(super) fn new(stream: S, (peer, certified): (SocketAddr, bool), app: App, limits: Limits) -> Self {
        let decoder = Decoder::new(limits.frame_bytes_max);
        Self { stream, peer, certified, app, limits, decoder }
    }

    /// Talks until the peer leaves, is silent for too long, or sends what cannot be answered. A peer that holds too many
    /// connections already is told so and nothing else.
    pub(super) async fn run(mut self, welcome: bool) -> io::Result<()> {
        if !welcome {
            let most = self.limits.connections_max;
            self.refuse(&format!(
                "this address holds {most} connections already; close some, or send over one"
            ))
            .await?;
            return self.leave().await;
        }
        let mut piece = vec![0; PIECE_BYTES];
        loop {
            let half = self.decoder.half();
            let wait = if half.is_some() { self.limits.half_frame_max } else { self.limits.idle_max };
            let count = match timeout(wait, self.stream.read(&mut piece)).await {
                Ok(read) => read?,
                Err(_) if half.is_some() => {
                    let text = "the frame did not go on; end it with 0x1C 0x0D, and send the message again";
                    self.refuse(text).await?;
                    return self.leave().await;
                }
                Err(_) => return self.leave().await,
            };
            if count == 0 {
                return Ok(());
            }
            self.decoder.feed(&piece[..count]);
            while let Some(event) = self.decoder.next_event() {
                if self.answer(event).await? == Next::Ends {
                    return self.leave().await;
                }
            }
        }
    }

    async fn answer(&mut self, event: Event) -> io::Result<Next> {
        match event {
            Event::Frame(bytes) => self.take(bytes).await,
            // What was lost was never whole, and the frame that follows is answered.
            Event::Fault(fault @ (Fault::NoReturn | Fault::BeganAgain { .. })) => {
                tracing::debug!(client.address = %self.peer, %fault, "an MLLP peer frames its messages badly");
                Ok(Next::Goes)
            }
            Event::Fault(fault) => {
                self.refuse(&fault.to_string()).await?;
                Ok(Next::Ends)
            }
        }
    }

    /// Hands a message over and sends what comes back.
    async fn take(&mut self, bytes: Vec<u8>) -> io::Result<Next> {
        let peer = Peer::at(self.peer, self.certified);
        let answers = self.app.run(move |platform| platform.receive(&bytes, &peer)).await;
        if let Some(error) = answers.failure {
            tracing::error!(%error, "an HL7 v2 message could not be recorded");
        }
        for message in answers.messages {
            self.send(&message).await?;
        }
        Ok(if answers.hang_up { Next::Ends } else { Next::Goes })
    }

    async fn refuse(&mut self, why: &str) -> io::Result<()> {
        let answer = self.app.platform.refuse_message(why);
        self.send(&answer).await
    }

    async fn send(&mut self, message: &[u8]) -> io::Result<()> {
        let bytes = frame(message);
        let sending = async {
            self.stream.write_all(&bytes).await?;
            self.stream.flush().await
        };
        timeout(self.limits.patience, sending).await.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?
    }

    /// Ends the connection. What the peer still sends is read and forgotten for a while: closing with unread bytes would
    /// destroy the answer on its way.
    async fn leave(mut self) -> io::Result<()> {
        self.stream.shutdown().await?;
        let mut piece = vec![0; PIECE_BYTES];
        let forgetting = async { while self.stream.read(&mut piece).await.is_ok_and(|count| count > 0) {} };
        // That it took too long is no error of ours.
        drop(timeout(self.limits.patience, forgetting).await);
        Ok(())
    }
}
