//! Bytes to PDUs and back (PS3.8, 9.3).

use dicom_ul::pdu::{Pdu, read_pdu, write_pdu};

use super::PDU_BYTES_MAX;

/// Type, a reserved byte, and the length.
const HEADER: usize = 6;
/// Types that this protocol has.
const TYPES: std::ops::RangeInclusive<u8> = 1..=7;

/// Why bytes are no PDU.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// The first byte is no type of PDU: somebody speaks another protocol.
    #[error("a PDU of type {0:#04x} does not exist; is the peer speaking DICOM, without TLS?")]
    Type(u8),
    /// The length is beyond what was announced.
    #[error("a PDU of {0} bytes was announced; at most {PDU_BYTES_MAX} are taken")]
    TooLong(u32),
    /// The inside of the PDU does not follow the standard.
    #[error("a PDU cannot be read: {0}")]
    Malformed(String),
}

/// Bytes that have come, to be taken as whole PDUs.
#[derive(Debug, Default)]
pub struct Frames {
    bytes: Vec<u8>,
}

impl Frames {
    /// Adds what has come.
    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Whether a PDU has begun and not ended.
    pub fn is_within(&self) -> bool {
        !self.bytes.is_empty()
    }

    /// The next whole PDU; `None` if more must come first.
    ///
    /// # Errors
    /// [`FrameError`]; what follows cannot be trusted any more.
    pub fn next_pdu(&mut self) -> Result<Option<Pdu>, FrameError> {
        if let Some(kind) = self.bytes.first().filter(|kind| !TYPES.contains(kind)) {
            return Err(FrameError::Type(*kind));
        }
        let Some([_, _, a, b, c, d]) = self.bytes.first_chunk::<HEADER>() else { return Ok(None) };
        let length = u32::from_be_bytes([*a, *b, *c, *d]);
        if length > PDU_BYTES_MAX {
            return Err(FrameError::TooLong(length));
        }
        let whole = HEADER + length as usize;
        if self.bytes.len() < whole {
            return Ok(None);
        }
        let rest = self.bytes.split_off(whole);
        let pdu = std::mem::replace(&mut self.bytes, rest);
        match read_pdu(pdu.as_slice(), PDU_BYTES_MAX, true) {
            Ok(Some(pdu)) => Ok(Some(pdu)),
            Ok(None) => Err(FrameError::Malformed("it ends too early".to_owned())),
            Err(error) => Err(FrameError::Malformed(error.to_string())),
        }
    }
}

/// A PDU as it is sent; empty if it cannot be written, which no PDU of ours is.
pub fn bytes(pdu: &Pdu) -> Vec<u8> {
    let mut bytes = Vec::new();
    match write_pdu(&mut bytes, pdu) {
        Ok(()) => bytes,
        Err(_) => Vec::new(),
    }
}
