use std::fmt;

use crate::hl7::charset::Charset;
use crate::hl7::message::{Segment, Separators};

/// A message: its bytes, its separators, and where its segments begin and end.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    pub(super) bytes: Vec<u8>,
    pub(super) separators: Separators,
    pub(super) charset: Charset,
    pub(super) lines: Vec<Line>,
}

/// Where a segment stands: content from `start` to `end`, then what ends it up to `next`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) next: usize,
}

impl Message {
    /// The message as it is printed: what was parsed, but for what was edited since.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bytes, when nothing else is needed any more.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// What separates its fields and their parts.
    #[must_use]
    pub fn separators(&self) -> Separators {
        self.separators
    }

    /// The character set of MSH-18.
    #[must_use]
    pub fn charset(&self) -> &Charset {
        &self.charset
    }

    /// All segments in their order; the first is MSH.
    pub fn segments(&self) -> impl DoubleEndedIterator<Item = Segment<'_>> + ExactSizeIterator {
        (0..self.lines.len()).map(|index| Segment::new(self, index))
    }

    /// The segments of one name, in their order.
    pub fn segments_named<'m>(&'m self, name: &'m str) -> impl Iterator<Item = Segment<'m>> {
        self.segments().filter(move |segment| segment.name() == name)
    }

    /// The first segment of a name.
    #[must_use]
    pub fn segment<'m>(&'m self, name: &'m str) -> Option<Segment<'m>> {
        self.segments_named(name).next()
    }

    /// The header.
    #[must_use]
    pub fn header(&self) -> Segment<'_> {
        Segment::new(self, 0)
    }

    /// A field of the header, as text; empty when it is absent.
    #[must_use]
    pub fn header_text(&self, field: u16) -> String {
        self.header().field(field).map(|part| part.text()).unwrap_or_default()
    }

    /// MSH-9 as `ADT^A01`: the code and the trigger.
    #[must_use]
    pub fn kind(&self) -> String {
        let Some(field) = self.header().field(9) else { return String::new() };
        match field.component(2).map(|trigger| trigger.text()) {
            Some(trigger) if !trigger.is_empty() => format!("{}^{trigger}", field.text()),
            _ => field.text(),
        }
    }

    /// MSH-10, by which acknowledgements name this message.
    #[must_use]
    pub fn control_id(&self) -> String {
        self.header_text(10)
    }

    /// MSH-12, such as `2.5.1`.
    #[must_use]
    pub fn version(&self) -> String {
        self.header_text(12)
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Message({:?})", String::from_utf8_lossy(&self.bytes))
    }
}
