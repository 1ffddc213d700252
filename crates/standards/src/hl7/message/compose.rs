use crate::hl7::charset::Charset;
use crate::hl7::escape::{EscapeError, escape};
use crate::hl7::message::{Level, Message, ParseError, Separators};

/// What is going to stand in a field, or in a part of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Content {
    /// Nothing.
    #[default]
    Empty,
    /// A text, which is escaped.
    Text(String),
    /// Bytes that are written as they are.
    Raw(Vec<u8>),
    /// Components of a field, or subcomponents of a component.
    Parts(Vec<Content>),
    /// Repetitions of a field.
    Repetitions(Vec<Content>),
}

impl Content {
    /// The values of a field that repeats.
    pub fn repetitions<T: Into<Content>>(values: impl IntoIterator<Item = T>) -> Self {
        Self::Repetitions(values.into_iter().map(Into::into).collect())
    }
}

impl From<&str> for Content {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Content {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl<T: Into<Content>> From<Option<T>> for Content {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

impl<T: Into<Content>, const N: usize> From<[T; N]> for Content {
    fn from(parts: [T; N]) -> Self {
        Self::Parts(parts.into_iter().map(Into::into).collect())
    }
}

/// A segment that is going to be written: its name and fields by their numbers in the standard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    name: &'static str,
    fields: Vec<Content>,
}

impl Line {
    /// A segment without fields.
    #[must_use]
    pub fn new(name: &'static str) -> Self {
        Self { name, fields: Vec::new() }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The segment with this field, from 1. Fields 1 and 2 of MSH are the message's separators, whatever is given here.
    #[must_use]
    pub fn with(mut self, number: u16, content: impl Into<Content>) -> Self {
        let at = usize::from(number.max(1)) - 1;
        if self.fields.len() <= at {
            self.fields.resize(at + 1, Content::Empty);
        }
        self.fields[at] = content.into();
        self
    }
}

/// Why a message cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ComposeError {
    /// A text cannot be written with these separators or in this character set.
    #[error("{segment}-{field}: {why}")]
    Text {
        /// The segment's name.
        segment: &'static str,
        /// The field's number.
        field: usize,
        /// What cannot be written.
        why: EscapeError,
    },
    /// What was written does not begin with MSH, or its separators cannot separate.
    #[error(transparent)]
    Header(#[from] ParseError),
}

impl Message {
    /// Writes a message of these segments, the first of which is MSH, each ended by CR. Empty fields and parts at the end
    /// of what they are in are left out.
    ///
    /// # Errors
    /// When a text cannot be written, or the first segment is not MSH.
    pub fn compose(separators: &Separators, charset: &Charset, lines: &[Line]) -> Result<Self, ComposeError> {
        let mut bytes = Vec::new();
        for line in lines {
            bytes.extend_from_slice(line.name.as_bytes());
            let header = line.name == "MSH";
            if header {
                bytes.push(separators.field);
                bytes.extend(separators.encoding_characters());
            }
            let start = bytes.len();
            for (at, content) in line.fields.iter().enumerate().skip(if header { 2 } else { 0 }) {
                bytes.push(separators.field);
                let written = write(content, Level::Repetition, separators, charset);
                bytes.extend(written.map_err(|why| ComposeError::Text {
                    segment: line.name,
                    field: at + 1,
                    why,
                })?);
            }
            trim(&mut bytes, start, separators.field);
            bytes.push(b'\r');
        }
        Ok(Self::parse(bytes)?)
    }
}

/// The bytes of a content whose parts are of this level; the parts of a field that is not repeated are components.
fn write(
    content: &Content,
    level: Level,
    separators: &Separators,
    charset: &Charset,
) -> Result<Vec<u8>, EscapeError> {
    let (parts, level) = match content {
        Content::Empty => return Ok(Vec::new()),
        Content::Text(text) => return escape(text, separators, charset),
        Content::Raw(bytes) => return Ok(bytes.clone()),
        Content::Repetitions(parts) => (parts, Level::Repetition),
        Content::Parts(parts) => (parts, level.max(Level::Component)),
    };
    let mut bytes = Vec::new();
    let inner = level.inner().unwrap_or(Level::Subcomponent);
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            let separator = separators.between(level);
            bytes.push(separator.ok_or(EscapeError::NoSeparator { level: level.name() })?);
        }
        bytes.extend(write(part, inner, separators, charset)?);
    }
    if let Some(separator) = separators.between(level) {
        trim(&mut bytes, 0, separator);
    }
    Ok(bytes)
}

/// Takes separators away that nothing follows, back to `start`.
fn trim(bytes: &mut Vec<u8>, start: usize, separator: u8) {
    let kept = bytes[start..].iter().rposition(|byte| *byte != separator).map_or(0, |at| at + 1);
    bytes.truncate(start + kept);
}
