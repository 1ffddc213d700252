use std::ops::Range;

use crate::hl7::message::fields::{field_span, field_spans, is_header};
use crate::hl7::message::{Level, Message, Part};

/// One segment of a message.
#[derive(Clone, Copy)]
pub struct Segment<'m> {
    message: &'m Message,
    index: usize,
}

impl<'m> Segment<'m> {
    pub(super) fn new(message: &'m Message, index: usize) -> Self {
        Self { message, index }
    }

    /// Its place among the segments, from 0.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// Where its content stands in the bytes of the message, without what ends it.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        let line = self.message.lines[self.index];
        line.start..line.end
    }

    /// Its content, without what ends it.
    #[must_use]
    pub fn bytes(&self) -> &'m [u8] {
        &self.message.bytes[self.span()]
    }

    /// What ends it: CR by the standard; LF, CRLF, blank lines or nothing as they were found.
    #[must_use]
    pub fn ending(&self) -> &'m [u8] {
        let line = self.message.lines[self.index];
        &self.message.bytes[line.end..line.next]
    }

    /// What stands before the first field separator: `PID`. Empty if that is not ASCII.
    #[must_use]
    pub fn name(&self) -> &'m str {
        let bytes = self.bytes();
        let length = bytes.iter().position(|byte| *byte == self.message.separators.field);
        std::str::from_utf8(&bytes[..length.unwrap_or(bytes.len())]).unwrap_or_default()
    }

    /// Whether it declares separators: MSH, and FHS and BHS of a batch.
    #[must_use]
    pub fn is_header(&self) -> bool {
        is_header(self.bytes(), self.message.separators.field)
    }

    /// Which of its name it is in the message, from 1.
    #[must_use]
    pub fn occurrence(&self) -> usize {
        self.message.segments().take(self.index + 1).filter(|other| other.name() == self.name()).count()
    }

    /// A field by its number in the standard; of MSH, 1 is the separator itself. `None` when the segment ends before it.
    #[must_use]
    pub fn field(&self, number: u16) -> Option<Part<'m>> {
        let span = field_span(self.message, self.span(), number).ok()?;
        Some(self.part(number, span))
    }

    /// All fields that are written, from 1 on.
    pub fn fields(&self) -> impl Iterator<Item = Part<'m>> + use<'m> {
        let segment = *self;
        let spans = field_spans(self.message, self.span());
        (1..=u16::MAX).zip(spans).map(move |(number, span)| segment.part(number, span))
    }

    fn part(&self, number: u16, span: Range<usize>) -> Part<'m> {
        if number <= 2 && self.is_header() {
            return Part::declaration(self.message, span);
        }
        Part::new(self.message, span, Level::Field)
    }
}
