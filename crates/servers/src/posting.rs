//! One message over a socket, in a connection of its own.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use platform::labs::Posting;
use standards::hl7::message::Message;
use standards::hl7::mllp::{Decoder, Event, frame};

/// How long each step may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest answer that is read.
const ANSWER_BYTES_MAX: usize = 1 << 20;
/// Bytes read at a time.
const PIECE_BYTES: usize = 4 * 1024;

/// Sends a message, with what stands before it, and says what MSA-1 of the answer says; nothing, where the door hangs up.
///
/// # Errors
/// When the connection breaks, or what comes back is no message.
pub(crate) fn post_over(
    receiver: SocketAddr,
    before: &[u8],
    posting: &Posting<'_>,
) -> io::Result<Option<String>> {
    let mut stream = TcpStream::connect_timeout(&receiver, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.write_all(&[before, &frame(posting.message)].concat())?;
    let (mut decoder, mut piece) = (Decoder::new(ANSWER_BYTES_MAX), [0; PIECE_BYTES]);
    loop {
        match decoder.next_event() {
            Some(Event::Frame(bytes)) => return said(bytes).map(Some),
            Some(Event::Fault(fault)) => {
                return Err(io::Error::new(ErrorKind::InvalidData, fault.to_string()));
            }
            None => match stream.read(&mut piece) {
                Ok(0) => return Ok(None),
                Ok(read) => decoder.feed(&piece[..read]),
                Err(error) if error.kind() == ErrorKind::ConnectionReset => return Ok(None),
                Err(error) => return Err(error),
            },
        }
    }
}

/// MSA-1 of an acknowledgement.
///
/// # Errors
/// When it is no message.
pub(crate) fn said(answer: Vec<u8>) -> io::Result<String> {
    let wrong = |what: String| io::Error::new(ErrorKind::InvalidData, what);
    let answer = Message::parse(answer).map_err(|error| wrong(error.to_string()))?;
    let path = "MSA-1".parse().map_err(|_| wrong("MSA-1 is no path".to_owned()))?;
    Ok(answer.get(&path).unwrap_or_default())
}
