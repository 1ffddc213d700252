use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use platform::messages::{Peer, Reached};
use platform::watch::Happening;
use standards::hl7::mllp::{Decoder, Event, Fault, frame};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::broadcast::Receiver;
use tokio::time::timeout;

use super::limits::Limits;
use crate::live::measure_taken;
use crate::state::App;

/// What is read at a time.
const PIECE_BYTES: usize = 16 * 1024;

/// One connection: frames in, acknowledgements out.
pub(super) struct Conversation<S> {
    stream: S,
    address: SocketAddr,
    peer: Peer,
    app: App,
    limits: Limits,
    decoder: Decoder,
    /// What the last message reached, and what happens there: the security desk may end the connection.
    standing: Option<(Reached, Receiver<Happening>)>,
}

/// What came of waiting for more.
enum Waited {
    Read(io::Result<usize>),
    Silent,
    Cut,
}

/// What becomes of the connection.
#[derive(PartialEq, Eq)]
enum Next {
    Goes,
    Ends,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Conversation<S> {
    pub(super) fn new(stream: S, (address, peer): (SocketAddr, Peer), app: App, limits: Limits) -> Self {
        let decoder = Decoder::new(limits.frame_bytes_max);
        Self { stream, address, peer, app, limits, decoder, standing: None }
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
            let count = match self.wait(&mut piece, wait).await {
                Waited::Read(read) => read?,
                Waited::Silent if half.is_some() => {
                    let text = "the frame did not go on; end it with 0x1C 0x0D, and send the message again";
                    self.refuse(text).await?;
                    return self.leave().await;
                }
                Waited::Silent | Waited::Cut => return self.leave().await,
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

    /// Waits for bytes, for so long, and no longer than the security desk lets the connection stand.
    async fn wait(&mut self, piece: &mut [u8], wait: Duration) -> Waited {
        let Self { stream, standing, app, peer, .. } = self;
        let cut = async {
            let Some((reached, heard)) = standing else { return std::future::pending().await };
            loop {
                measure_taken(heard).await;
                if is_cut(app, reached, peer).await {
                    return;
                }
            }
        };
        tokio::select! {
            read = timeout(wait, stream.read(piece)) => read.map_or(Waited::Silent, Waited::Read),
            () = cut => Waited::Cut,
        }
    }

    async fn answer(&mut self, event: Event) -> io::Result<Next> {
        match event {
            Event::Frame(bytes) => self.take(bytes).await,
            // What was lost was never whole, and the frame that follows is answered.
            Event::Fault(fault @ (Fault::NoReturn | Fault::BeganAgain { .. })) => {
                tracing::debug!(client.address = %self.address, %fault, "an MLLP peer frames its messages badly");
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
        let peer = self.peer.clone();
        let answers = self.app.run(move |platform| platform.receive(&bytes, &peer)).await;
        if let Some(error) = answers.failure {
            tracing::error!(%error, "an HL7 v2 message could not be recorded");
        }
        for message in answers.messages {
            self.send(&message).await?;
        }
        Ok(if answers.hang_up || self.reaches(answers.reached).await { Next::Ends } else { Next::Goes })
    }

    /// Remembers what was reached. Returns whether that was cut off in the moment before anybody listened for it.
    async fn reaches(&mut self, reached: Option<Reached>) -> bool {
        let Some(reached) = reached else { return false };
        match &mut self.standing {
            Some((known, _)) if known.sandbox() == reached.sandbox() => {
                *known = reached;
                return false;
            }
            standing => {
                let heard = self.app.live.follow(reached.sandbox());
                *standing = Some((reached.clone(), heard));
            }
        }
        is_cut(&self.app, &reached, &self.peer).await
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

/// Whether the security desk ends the connection. Where that cannot be said, the next message tells.
async fn is_cut(app: &App, reached: &Reached, peer: &Peer) -> bool {
    let (reached, peer) = (reached.clone(), peer.clone());
    let cut = app.run(move |platform| platform.cuts(&reached, &peer)).await;
    cut.unwrap_or_else(|error| {
        tracing::warn!(%error, "whether a standing MLLP connection is cut could not be looked up");
        false
    })
}
