//! DICOM: an association in which services are used.

use std::io::{Read as _, Write as _};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::time::{Duration, Instant};

use imaging::association::requestor::{Accepted, Answers, Proposed};
use imaging::association::{Frames, Pdu, bytes};
use imaging::dimse::{Command, Message, status};

use super::{Limits, Trouble};

/// Bytes read at a time.
const PIECE_BYTES: usize = 64 * 1024;

/// An answer: a command, and its data set, which may be empty.
pub type Answer = (Command, Vec<u8>);

/// A connection over which PDUs go and come.
#[derive(Debug)]
struct Wire {
    stream: TcpStream,
    frames: Frames,
    address: String,
    patience: Duration,
    left_bytes: usize,
}

/// An association that was granted.
#[derive(Debug)]
pub struct Association {
    wire: Wire,
    /// What was granted.
    pub accepted: Accepted,
    answers: Answers,
}

impl Association {
    /// Asks for an association. The inner error says why it was not granted.
    ///
    /// # Errors
    /// [`Trouble`] if no proper answer came.
    pub fn ask(
        address: &str,
        (calling, called): (&str, &str),
        proposed: &Proposed,
        limits: &Limits,
    ) -> Result<Result<Self, String>, Trouble> {
        let mut wire = Wire::dial(address, limits)?;
        wire.send(&proposed.pdu(calling, called))?;
        let answer = wire.next()?;
        Ok(proposed.answered(&answer).map(|accepted| Self { wire, accepted, answers: Answers::default() }))
    }

    /// Sends a message and takes its answers, up to the last.
    ///
    /// # Errors
    /// [`Trouble`], when the association ends or is broken before the last.
    pub fn use_service(&mut self, message: &Message) -> Result<Vec<Answer>, Trouble> {
        for pdu in message.pdus(self.accepted.pdu_bytes_max) {
            self.wire.send(&pdu)?;
        }
        let mut all = Vec::new();
        loop {
            let pdu = self.wire.next()?;
            if !matches!(pdu, Pdu::PData { .. }) {
                let address = &self.wire.address;
                return Err(Trouble::Garbage(format!(
                    "{address} ended the association before it had answered"
                )));
            }
            let answers =
                self.answers.take_whole(pdu).map_err(|error| Trouble::Garbage(error.to_string()))?;
            for answer in answers {
                // FF01 is pending, too, with keys that are not supported (PS3.4, table C.4-1).
                let code = answer.0.number(Command::STATUS);
                let is_last = !matches!(code, Some(status::PENDING | 0xff01));
                all.push(answer);
                if is_last {
                    return Ok(all);
                }
            }
        }
    }

    /// Ends it. Whether the other side agreed as it should.
    ///
    /// # Errors
    /// [`Trouble`] if it said nothing.
    pub fn release(mut self) -> Result<bool, Trouble> {
        self.wire.send(&Pdu::ReleaseRQ)?;
        Ok(matches!(self.wire.next()?, Pdu::ReleaseRP))
    }
}

/// Sends bytes that are no PDU, and hangs up.
///
/// # Errors
/// [`Trouble::Unreachable`].
pub fn send_noise(address: &str, noise: &[u8], limits: &Limits) -> Result<(), Trouble> {
    let mut wire = Wire::dial(address, limits)?;
    // A server may hang up at the first byte, which is what noise deserves.
    drop(wire.stream.write_all(noise));
    Ok(())
}

impl Wire {
    fn dial(address: &str, limits: &Limits) -> Result<Self, Trouble> {
        limits.reach.check(address)?;
        let unreachable = |what: String| Trouble::Unreachable(format!("{address} cannot be reached: {what}"));
        let all = address.to_socket_addrs().map_err(|error| unreachable(error.to_string()))?;
        let mut last = "the name leads nowhere".to_owned();
        for one in all {
            match TcpStream::connect_timeout(&one, limits.connect) {
                Ok(stream) => {
                    let (patience, left_bytes) = (limits.exchange, limits.body_bytes_max);
                    let address = address.to_owned();
                    return Ok(Self { stream, frames: Frames::default(), address, patience, left_bytes });
                }
                Err(error) => last = error.to_string(),
            }
        }
        Err(unreachable(last))
    }

    fn send(&mut self, pdu: &Pdu) -> Result<(), Trouble> {
        let sent = self
            .stream
            .set_write_timeout(Some(self.patience))
            .and_then(|()| self.stream.write_all(&bytes(pdu)));
        sent.map_err(|error| Trouble::Garbage(format!("{} takes nothing: {error}", self.address)))
    }

    fn next(&mut self) -> Result<Pdu, Trouble> {
        let address = &self.address;
        let until = Instant::now() + self.patience;
        let mut piece = vec![0; PIECE_BYTES];
        loop {
            match self.frames.next_pdu() {
                Ok(Some(pdu)) => return Ok(pdu),
                Ok(None) => {}
                Err(error) => {
                    return Err(Trouble::Garbage(format!("{address} does not speak DICOM: {error}")));
                }
            }
            let late = || {
                let seconds = self.patience.as_secs();
                Trouble::Late(format!("{address} did not answer within {seconds} seconds"))
            };
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(late());
            }
            let read = self.stream.set_read_timeout(Some(left)).and_then(|()| self.stream.read(&mut piece));
            match read {
                Ok(0) => return Err(Trouble::Garbage(format!("{address} closed the connection"))),
                Ok(count) => {
                    self.frames.push(&piece[..count]);
                    self.left_bytes = self.left_bytes.saturating_sub(count);
                    if self.left_bytes == 0 {
                        return Err(Trouble::Endless(format!("{address} sent more than is read")));
                    }
                }
                Err(error)
                    if matches!(
                        error.kind(),
                        std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut
                    ) =>
                {
                    return Err(late());
                }
                Err(error) => {
                    return Err(Trouble::Garbage(format!("{address} broke the connection: {error}")));
                }
            }
        }
    }
}
