use crate::hl7::escape::EscapeError;
use crate::hl7::message::Level;

/// How much of something strange is shown.
const SHOWN_BYTES_MAX: usize = 20;

/// Why bytes are not a message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// It does not begin with MSH.
    #[error(
        "a message begins with the segment MSH; this begins with {found:?}: look for text before it, or for a cut message"
    )]
    NotHl7 {
        /// The first characters, for the eye.
        found: String,
    },
    /// Nothing follows MSH.
    #[error("MSH ends before it names its separators; a header begins like MSH|^~\\&|")]
    NoSeparators,
    /// A character that cannot be a separator.
    #[error("{} cannot be a separator; MSH-1 and MSH-2 are punctuation, usually |^~\\&", shown(*.byte))]
    BadSeparator {
        /// The byte.
        byte: u8,
    },
    /// One character with two meanings.
    #[error("MSH-1 and MSH-2 use {} for two things, so fields cannot be told apart; usual is |^~\\&", shown(*.byte))]
    SameSeparator {
        /// The byte.
        byte: u8,
    },
}

impl ParseError {
    /// These bytes begin with something else.
    pub(in crate::hl7) fn not_hl7(bytes: &[u8]) -> Self {
        let shown = &bytes[..bytes.len().min(SHOWN_BYTES_MAX)];
        Self::NotHl7 { found: String::from_utf8_lossy(shown).into_owned() }
    }
}

/// Why an edit was not made. The message is as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The path's segment is not in the message.
    #[error("there is no {segment} number {occurrence} in this message; insert it first")]
    NoSegment {
        /// The segment's name.
        segment: String,
        /// Which of them, from 1.
        occurrence: u16,
    },
    /// The path names a whole segment.
    #[error("{path} names a segment; name a field, such as {path}-1, or remove and insert segments")]
    WholeSegment {
        /// The path.
        path: String,
    },
    /// MSH-1 or MSH-2: all other bytes are written in them.
    #[error(
        "{path} declares the separators of every other byte and cannot be edited; build a new message instead"
    )]
    Fixed {
        /// The path.
        path: String,
    },
    /// The message declares no separator for the level of the path.
    #[error("MSH-2 declares no separator for a {}, so a second one cannot be written", .level.name())]
    NoSeparator {
        /// The level.
        level: Level,
    },
    /// The text cannot be written in this message.
    #[error(transparent)]
    Text(#[from] EscapeError),
    /// Raw bytes that would divide more than the path names.
    #[error("the bytes contain {}, which would end the {} that the path names", shown(*.byte), .level.name())]
    Divides {
        /// The byte.
        byte: u8,
        /// The level of the path.
        level: Level,
    },
    /// What should become a segment does not begin with a name, or holds a line end.
    #[error(
        "a segment is one line that begins with three letters or digits and a field separator, such as NTE|1"
    )]
    NotSegment,
    /// There is no segment at this index.
    #[error("there is no segment at index {index}; the message has {count}, counted from 0")]
    NoIndex {
        /// What was asked for.
        index: usize,
        /// How many there are.
        count: usize,
    },
    /// MSH is always first and only there.
    #[error("MSH is the first segment and stays; other segments come after it")]
    Header,
}

fn shown(byte: u8) -> String {
    match byte {
        b' '..=b'~' => format!("`{}`", char::from(byte)),
        _ => format!("the byte 0x{byte:02X}"),
    }
}
