use crate::hl7::charset::Charset;
use crate::hl7::charset::tables::UPPER;

impl Charset {
    /// The bytes of this text.
    ///
    /// # Errors
    /// The first character that the set does not have.
    pub fn encode(&self, text: &str) -> Result<Vec<u8>, char> {
        match self {
            Self::Unsaid | Self::Utf8 => Ok(text.as_bytes().to_vec()),
            Self::Ascii | Self::Unknown(_) => match text.chars().find(|letter| !letter.is_ascii()) {
                None => Ok(text.as_bytes().to_vec()),
                Some(letter) => Err(letter),
            },
            Self::Iso8859(part) => text.chars().map(|letter| byte(letter, *part).ok_or(letter)).collect(),
        }
    }
}

fn byte(letter: char, part: u8) -> Option<u8> {
    if u32::from(letter) < 0xA0 {
        return u8::try_from(u32::from(letter)).ok();
    }
    if letter == '\u{FFFD}' {
        return None;
    }
    let (_, characters) = UPPER.iter().find(|(number, _)| *number == part)?;
    let at = characters.chars().position(|other| other == letter)?;
    u8::try_from(at + 0xA0).ok()
}
