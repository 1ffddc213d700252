//! One message to an archive over a socket, in an association of its own.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use platform::imaging::association::requestor::{Answers, Proposed};
use platform::imaging::association::{Frames, Pdu, bytes};
use platform::imaging::dimse::{Command, status};
use platform::imaging::title_of;
use platform::labs::ArchiveCall;

/// How long each step may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// Bytes read at a time.
const PIECE_BYTES: usize = 16 * 1024;

/// Calls the archive, with what stands before the association. Returns the last status of its answer; nothing, where it does
/// not let the caller in.
///
/// # Errors
/// When the connection breaks, or what comes back is no DICOM.
pub(crate) fn call_over(
    archive: SocketAddr,
    before: &[u8],
    call: &ArchiveCall<'_>,
) -> io::Result<Option<u16>> {
    let mut stream = TcpStream::connect_timeout(&archive, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let (class, syntax) = (call.message.abstract_syntax.as_str(), call.message.syntax.as_str());
    let proposed = Proposed::of([(class, syntax)]);
    stream.write_all(before)?;
    stream.write_all(&bytes(&proposed.pdu(call.calling, &title_of(call.sandbox))))?;
    let mut frames = Frames::default();
    let Ok(accepted) = proposed.answered(&next(&mut stream, &mut frames)?) else { return Ok(None) };
    for pdu in call.message.pdus(accepted.pdu_bytes_max) {
        stream.write_all(&bytes(&pdu))?;
    }
    let mut answers = Answers::default();
    let last = loop {
        let commands = answers.take(next(&mut stream, &mut frames)?).map_err(io::Error::other)?;
        let mut said = commands.iter().filter_map(|command| command.number(Command::STATUS));
        if let Some(last) = said.rfind(|said| *said != status::PENDING) {
            break last;
        }
    };
    stream.write_all(&bytes(&Pdu::ReleaseRQ))?;
    next(&mut stream, &mut frames)?;
    Ok(Some(last))
}

fn next(stream: &mut TcpStream, frames: &mut Frames) -> io::Result<Pdu> {
    let mut piece = vec![0; PIECE_BYTES];
    loop {
        if let Some(pdu) = frames.next_pdu().map_err(io::Error::other)? {
            return Ok(pdu);
        }
        match stream.read(&mut piece)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => frames.push(&piece[..read]),
        }
    }
}
