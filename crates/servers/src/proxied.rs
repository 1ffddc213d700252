//! Where a connection comes from that somebody else made for them: the PROXY protocol, version 2 (`HAProxy`, "The PROXY
//! protocol", 2.2), without addresses and with one value of our own. Only people who are played announce themselves so, and
//! only with the key of this process; to everybody else it is a broken connection.

use std::io;
use std::time::Duration;

use platform::access::Came;
use platform::incidents::PlayKey;
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::time::timeout;

/// How every such header begins. No message of HL7 v2 and no PDU of DICOM does.
const SIGNATURE: [u8; 12] = *b"\r\n\r\n\0\r\nQUIT\n";
/// Version 2, the command PROXY; and no address family.
const PROXY: [u8; 2] = [0x21, 0x00];
/// The first of the types left to applications (2.2.7).
const OWN: u8 = 0xe0;
/// The longest header that is read.
const BYTES_MAX: usize = 512;

/// The header for a connection that comes like this.
pub(crate) fn header(key: &PlayKey, came: &Came) -> Vec<u8> {
    let value = key.write(came).into_bytes();
    let length = |bytes: usize| u16::try_from(bytes).unwrap_or(u16::MAX).to_be_bytes();
    let mut bytes = [&SIGNATURE[..], &PROXY, &length(value.len() + 3), &[OWN], &length(value.len())].concat();
    bytes.extend(value);
    bytes
}

/// What the header says, if the connection begins with one: it is taken out, and what follows is the protocol's own.
///
/// # Errors
/// When there is a header that is broken or was not written with this key.
pub(crate) async fn came(stream: &mut TcpStream, key: &PlayKey, wait: Duration) -> io::Result<Option<Came>> {
    let mut begins = [0; SIGNATURE.len()];
    let Ok(seen) = timeout(wait, stream.peek(&mut begins)).await else { return Ok(None) };
    if begins[..seen?] != SIGNATURE {
        return Ok(None);
    }
    let broken = || io::Error::new(io::ErrorKind::InvalidData, "this PROXY header is none of ours");
    let mut head = [0; SIGNATURE.len() + 4];
    timeout(wait, stream.read_exact(&mut head)).await.map_err(|_| broken())??;
    let length = usize::from(u16::from_be_bytes([head[14], head[15]]));
    if head[12..14] != PROXY || length > BYTES_MAX {
        return Err(broken());
    }
    let mut rest = vec![0; length];
    timeout(wait, stream.read_exact(&mut rest)).await.map_err(|_| broken())??;
    let said = rest.split_at_checked(3).filter(|(tag, _)| tag[0] == OWN).map(|(_, value)| value);
    let said = said.and_then(|value| std::str::from_utf8(value).ok()).and_then(|text| key.read(text));
    said.map(Some).ok_or_else(broken)
}
