use crate::hl7::message::ParseError;

/// The levels at which a segment is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// `PID-5`.
    Field,
    /// `PID-5[1]`.
    Repetition,
    /// `PID-5[1].1`.
    Component,
    /// `PID-5[1].1.1`.
    Subcomponent,
}

impl Level {
    /// The level inside this one; nothing is inside a subcomponent.
    #[must_use]
    pub fn inner(self) -> Option<Self> {
        match self {
            Self::Field => Some(Self::Repetition),
            Self::Repetition => Some(Self::Component),
            Self::Component => Some(Self::Subcomponent),
            Self::Subcomponent => None,
        }
    }

    /// Its name in messages to people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::Repetition => "repetition",
            Self::Component => "component",
            Self::Subcomponent => "subcomponent",
        }
    }
}

/// The separators of a message: MSH-1 and the characters of MSH-2 (HL7 v2.5.1, 2.5.4).
///
/// A message need not name more than the field separator; what it does not name, it cannot use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Separators {
    /// MSH-1, usually `|`.
    pub field: u8,
    /// The first of MSH-2, usually `^`.
    pub component: Option<u8>,
    /// The second, usually `~`.
    pub repetition: Option<u8>,
    /// The third, usually `\`.
    pub escape: Option<u8>,
    /// The fourth, usually `&`.
    pub subcomponent: Option<u8>,
    /// The fifth, since version 2.7, usually `#`: marks text that was cut.
    pub truncation: Option<u8>,
}

impl Separators {
    /// `|^~\&`.
    pub const STANDARD: Self = Self {
        field: b'|',
        component: Some(b'^'),
        repetition: Some(b'~'),
        escape: Some(b'\\'),
        subcomponent: Some(b'&'),
        truncation: None,
    };

    /// The separators that a header segment (MSH, FHS, BHS) declares; `header` begins with its name.
    ///
    /// # Errors
    /// When a separator is a letter, a digit, a blank or not ASCII, or one character separates two things.
    pub fn read(header: &[u8]) -> Result<Self, ParseError> {
        let field = *header.get(3).ok_or(ParseError::NoSeparators)?;
        let declared =
            header[4..].iter().take_while(|byte| **byte != field && !matches!(byte, b'\r' | b'\n'));
        let mut named = declared.take(5).copied();
        let mut read = Self {
            field,
            component: named.next(),
            repetition: named.next(),
            escape: named.next(),
            subcomponent: named.next(),
            truncation: None,
        };
        read.check()?;
        // Before 2.7 nothing stands here that matters, so what cannot be a separator is not taken for one.
        read.truncation = named.next().filter(|byte| usable(*byte) && !read.has(*byte));
        Ok(read)
    }

    fn check(&self) -> Result<(), ParseError> {
        let all = self.all();
        for (at, byte) in all.iter().enumerate() {
            if !usable(*byte) {
                return Err(ParseError::BadSeparator { byte: *byte });
            }
            if all[..at].contains(byte) {
                return Err(ParseError::SameSeparator { byte: *byte });
            }
        }
        Ok(())
    }

    fn all(&self) -> Vec<u8> {
        let named = [self.component, self.repetition, self.escape, self.subcomponent, self.truncation];
        [Some(self.field)].into_iter().chain(named).flatten().collect()
    }

    /// Whether this byte separates something here, or begins an escape.
    #[must_use]
    pub fn has(&self, byte: u8) -> bool {
        self.field == byte || self.named().any(|named| named == byte)
    }

    fn named(&self) -> impl Iterator<Item = u8> {
        [self.component, self.repetition, self.escape, self.subcomponent, self.truncation]
            .into_iter()
            .flatten()
    }

    /// What stands between the parts of a level.
    #[must_use]
    pub fn between(&self, level: Level) -> Option<u8> {
        match level {
            Level::Field => Some(self.field),
            Level::Repetition => self.repetition,
            Level::Component => self.component,
            Level::Subcomponent => self.subcomponent,
        }
    }

    /// MSH-2 as it is written.
    #[must_use]
    pub fn encoding_characters(&self) -> Vec<u8> {
        self.named().collect()
    }
}

/// Anything visible in ASCII that is no letter or digit, and control characters but CR, LF and NUL.
fn usable(byte: u8) -> bool {
    byte.is_ascii() && !byte.is_ascii_alphanumeric() && !matches!(byte, b' ' | b'\r' | b'\n' | 0)
}
