//! The command set: always Implicit VR Little Endian, group 0000 (PS3.7, 6.3 and E).

use std::collections::BTreeMap;

/// The longest command set that is read.
const BYTES_MAX: usize = 16 * 1024;

/// (0000,0800) of a command without a data set.
pub const NO_DATASET: u16 = 0x0101;
/// (0000,0800) of a command with one; any other value means the same.
pub const WITH_DATASET: u16 = 0x0000;

/// What a command asks or answers: (0000,0100).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// C-STORE.
    Store,
    /// C-FIND.
    Find,
    /// C-MOVE.
    Move,
    /// C-ECHO.
    Echo,
    /// Stop what is going on.
    Cancel,
    /// The answer to a C-STORE.
    StoreResponse,
    /// Anything else, by number.
    Other(u16),
}

impl Field {
    /// The field of a number.
    pub fn of(number: u16) -> Self {
        match number {
            0x0001 => Self::Store,
            0x0020 => Self::Find,
            0x0021 => Self::Move,
            0x0030 => Self::Echo,
            0x0fff => Self::Cancel,
            0x8001 => Self::StoreResponse,
            other => Self::Other(other),
        }
    }

    /// Its number.
    pub fn number(self) -> u16 {
        match self {
            Self::Store => 0x0001,
            Self::Find => 0x0020,
            Self::Move => 0x0021,
            Self::Echo => 0x0030,
            Self::Cancel => 0x0fff,
            Self::StoreResponse => 0x8001,
            Self::Other(number) => number,
        }
    }
}

/// Why bytes are no command set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommandError {
    /// Too short, too long, or a length that does not fit.
    #[error("the command set breaks off or has a wrong length at byte {0}")]
    Length(usize),
    /// An element of another group.
    #[error("the command set has an element of group {0:04X}; is it sent in Implicit VR Little Endian?")]
    Group(u16),
    /// A needed element is not there.
    #[error("the command set has no {0}")]
    Missing(&'static str),
}

/// A command set: its elements by number, as they are sent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Command(BTreeMap<u16, Vec<u8>>);

impl Command {
    /// A command with this field.
    pub fn new(field: Field) -> Self {
        Self::default().with_number(Self::FIELD, field.number())
    }

    const FIELD: u16 = 0x0100;
    /// Affected SOP Class UID.
    pub const SOP_CLASS: u16 = 0x0002;
    /// Message ID.
    pub const MESSAGE: u16 = 0x0110;
    /// Message ID Being Responded To.
    pub const RESPONDED: u16 = 0x0120;
    /// Move Destination.
    pub const DESTINATION: u16 = 0x0600;
    /// Priority.
    pub const PRIORITY: u16 = 0x0700;
    /// Command Data Set Type.
    pub const DATASET_TYPE: u16 = 0x0800;
    /// Status.
    pub const STATUS: u16 = 0x0900;
    /// Error Comment.
    pub const COMMENT: u16 = 0x0902;
    /// Affected SOP Instance UID.
    pub const SOP_INSTANCE: u16 = 0x1000;
    /// Move Originator Application Entity Title.
    pub const ORIGINATOR: u16 = 0x1030;
    /// Move Originator Message ID.
    pub const ORIGINATOR_MESSAGE: u16 = 0x1031;
    /// Numbers of sub-operations: remaining, completed, failed, with a warning.
    pub const COUNTS: [u16; 4] = [0x1020, 0x1021, 0x1022, 0x1023];

    /// Reads a command set.
    ///
    /// # Errors
    /// [`CommandError`].
    pub fn decode(bytes: &[u8]) -> Result<Self, CommandError> {
        if bytes.len() > BYTES_MAX {
            return Err(CommandError::Length(BYTES_MAX));
        }
        let mut elements = BTreeMap::new();
        let mut at = 0;
        while at < bytes.len() {
            let header = bytes.get(at..at + 8).ok_or(CommandError::Length(at))?;
            let group = u16::from_le_bytes([header[0], header[1]]);
            if group != 0 {
                return Err(CommandError::Group(group));
            }
            let element = u16::from_le_bytes([header[2], header[3]]);
            let length = u32::from_le_bytes([header[4], header[5], header[6], header[7]]) as usize;
            let value = bytes.get(at + 8..).and_then(|rest| rest.get(..length));
            elements.insert(element, value.ok_or(CommandError::Length(at))?.to_vec());
            at += 8 + length;
        }
        elements.remove(&0);
        let command = Self(elements);
        command.number(Self::FIELD).ok_or(CommandError::Missing("Command Field (0000,0100)"))?;
        Ok(command)
    }

    /// The command set with its group length.
    pub fn encode(&self) -> Vec<u8> {
        let mut body = Vec::new();
        for (element, value) in &self.0 {
            push(&mut body, *element, value);
        }
        let mut bytes = Vec::with_capacity(body.len() + 12);
        push(&mut bytes, 0, &(body.len() as u32).to_le_bytes());
        bytes.extend_from_slice(&body);
        bytes
    }

    /// What it asks or answers.
    pub fn field(&self) -> Field {
        Field::of(self.number(Self::FIELD).unwrap_or_default())
    }

    /// A number of two bytes.
    pub fn number(&self, element: u16) -> Option<u16> {
        let value = self.0.get(&element)?;
        Some(u16::from_le_bytes(value.get(..2)?.try_into().ok()?))
    }

    /// A text, without the padding.
    pub fn text(&self, element: u16) -> String {
        let value = self.0.get(&element).map(Vec::as_slice).unwrap_or_default();
        String::from_utf8_lossy(value).trim_matches([' ', '\0']).to_owned()
    }

    /// Whether a data set follows.
    pub fn has_dataset(&self) -> bool {
        self.number(Self::DATASET_TYPE).is_some_and(|kind| kind != NO_DATASET)
    }

    /// The same with a number.
    #[must_use]
    pub fn with_number(mut self, element: u16, number: u16) -> Self {
        self.0.insert(element, number.to_le_bytes().to_vec());
        self
    }

    /// The same with a UID.
    #[must_use]
    pub fn with_uid(self, element: u16, uid: &str) -> Self {
        self.with_padded(element, uid, 0)
    }

    /// The same with a text.
    #[must_use]
    pub fn with_text(self, element: u16, text: &str) -> Self {
        self.with_padded(element, text, b' ')
    }

    fn with_padded(mut self, element: u16, text: &str, padding: u8) -> Self {
        let mut value = text.as_bytes().to_vec();
        if !value.len().is_multiple_of(2) {
            value.push(padding);
        }
        self.0.insert(element, value);
        self
    }
}

fn push(bytes: &mut Vec<u8>, element: u16, value: &[u8]) {
    bytes.extend_from_slice(&[0, 0]);
    bytes.extend_from_slice(&element.to_le_bytes());
    bytes.extend_from_slice(&(value.len() as u32).to_le_bytes());
    bytes.extend_from_slice(value);
}
