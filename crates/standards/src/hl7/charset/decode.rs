use std::borrow::Cow;

use crate::hl7::charset::Charset;
use crate::hl7::charset::tables::UPPER;

impl Charset {
    /// The text of these bytes. A byte that the set does not have becomes U+FFFD in the text; the bytes stay.
    #[must_use]
    pub fn decode<'a>(&self, bytes: &'a [u8]) -> Cow<'a, str> {
        match self {
            Self::Utf8 => String::from_utf8_lossy(bytes),
            Self::Iso8859(part) if !bytes.is_ascii() => Cow::Owned(by_table(bytes, *part)),
            _ => match std::str::from_utf8(bytes) {
                Ok(text) => Cow::Borrowed(text),
                Err(_) => Cow::Owned(by_table(bytes, 1)),
            },
        }
    }

    /// The place of the first byte that this set does not have.
    #[must_use]
    pub fn first_foreign(&self, bytes: &[u8]) -> Option<usize> {
        match self {
            Self::Utf8 => std::str::from_utf8(bytes).err().map(|error| error.valid_up_to()),
            Self::Iso8859(part) => bytes.iter().position(|byte| upper(*byte, *part) == Some('\u{FFFD}')),
            Self::Unsaid | Self::Ascii => bytes.iter().position(|byte| !byte.is_ascii()),
            Self::Unknown(_) => None,
        }
    }
}

fn by_table(bytes: &[u8], part: u8) -> String {
    bytes.iter().map(|byte| upper(*byte, part).unwrap_or(char::from(*byte))).collect()
}

/// The character of a byte from 0xA0 on; lower bytes are the character of the same number.
fn upper(byte: u8, part: u8) -> Option<char> {
    let at = byte.checked_sub(0xA0)?;
    let (_, characters) = UPPER.iter().find(|(number, _)| *number == part)?;
    characters.chars().nth(usize::from(at))
}
