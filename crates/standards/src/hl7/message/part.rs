use std::ops::Range;

use crate::hl7::escape::unescape;
use crate::hl7::message::fields::{nth, pieces};
use crate::hl7::message::{Level, Message};

/// A field, or a part inside one.
///
/// Where a level is skipped, its first part is meant, as the standard has it for values that grew parts between versions
/// (HL7 v2.5.1, 2.8.2): the component of a field is that of its first repetition.
#[derive(Clone)]
pub struct Part<'m> {
    message: &'m Message,
    span: Range<usize>,
    level: Level,
    /// Whether it declares separators (MSH-1, MSH-2) and so is never divided or unescaped.
    declares: bool,
}

impl<'m> Part<'m> {
    pub(super) fn new(message: &'m Message, span: Range<usize>, level: Level) -> Self {
        Self { message, span, level, declares: false }
    }

    pub(super) fn declaration(message: &'m Message, span: Range<usize>) -> Self {
        Self { message, span, level: Level::Field, declares: true }
    }

    /// Where it stands in the bytes of the message.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Its bytes as they stand, separators and escapes included.
    #[must_use]
    pub fn bytes(&self) -> &'m [u8] {
        &self.message.bytes[self.span.clone()]
    }

    /// Its level.
    #[must_use]
    pub fn level(&self) -> Level {
        self.level
    }

    /// The parts one level inside it; a subcomponent has none, and neither has MSH-1 or MSH-2.
    pub fn parts(&self) -> impl Iterator<Item = Part<'m>> + use<'m> {
        let message = self.message;
        let span = self.span.clone();
        self.level.inner().filter(|_| !self.declares).into_iter().flat_map(move |inner| {
            let separator = message.separators.between(inner);
            pieces(&message.bytes, span.clone(), separator).map(move |span| Part::new(message, span, inner))
        })
    }

    /// A repetition of a field, from 1.
    #[must_use]
    pub fn repetition(&self, number: u16) -> Option<Part<'m>> {
        self.inner(Level::Repetition, number)
    }

    /// A component, from 1, of a repetition or of a field's first one.
    #[must_use]
    pub fn component(&self, number: u16) -> Option<Part<'m>> {
        self.inner(Level::Component, number)
    }

    /// A subcomponent, from 1, of a component or of the first one.
    #[must_use]
    pub fn subcomponent(&self, number: u16) -> Option<Part<'m>> {
        self.inner(Level::Subcomponent, number)
    }

    /// The part of this number at a level further in.
    pub(super) fn inner(&self, level: Level, number: u16) -> Option<Part<'m>> {
        if self.declares {
            return (number == 1).then(|| self.clone());
        }
        let inner = self.level.inner().filter(|inner| *inner <= level)?;
        let wanted = if inner == level { number } else { 1 };
        let separator = self.message.separators.between(inner);
        let span = nth(pieces(&self.message.bytes, self.span.clone(), separator), wanted).ok()?;
        let part = Part::new(self.message, span, inner);
        if inner == level { Some(part) } else { part.inner(level, number) }
    }

    /// The text of its first subcomponent, without escapes: what a simple value says.
    #[must_use]
    pub fn text(&self) -> String {
        if self.declares {
            return String::from_utf8_lossy(self.bytes()).into_owned();
        }
        let leaf = self.inner(Level::Subcomponent, 1);
        let bytes = leaf.as_ref().map_or(self.bytes(), |leaf| leaf.bytes());
        unescape(bytes, &self.message.separators, &self.message.charset)
    }

    /// Whether it says nothing: no byte but separators.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let separators = self.message.separators;
        let divides = |byte: u8| separators.has(byte) && separators.escape != Some(byte);
        !self.declares && self.bytes().iter().all(|byte| divides(*byte))
    }

    /// Whether it says that what the receiver has is to be deleted: two quotes (HL7 v2.5.1, 2.5.3).
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.bytes() == b"\"\""
    }
}
