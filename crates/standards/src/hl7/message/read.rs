use std::ops::Range;

use crate::hl7::charset::Charset;
use crate::hl7::message::value::Line;
use crate::hl7::message::{Message, Part, Path, Segment, Separators};

impl Message {
    /// A message of these parts, with its character set read from MSH-18.
    pub(super) fn of(bytes: Vec<u8>, separators: Separators, lines: Vec<Line>) -> Self {
        let mut message = Self { bytes, separators, charset: Charset::Unsaid, lines };
        message.charset = Charset::named(&message.header_text(18));
        message
    }

    /// The segment that a path names.
    #[must_use]
    pub fn find(&self, path: &Path) -> Option<Segment<'_>> {
        let nth = usize::from(path.occurrence).checked_sub(1)?;
        self.segments().filter(|segment| segment.name() == path.segment).nth(nth)
    }

    /// The part that a path names; `None` where the message ends before it, or the path names a segment.
    #[must_use]
    pub fn part(&self, path: &Path) -> Option<Part<'_>> {
        let field = self.find(path)?.field(path.field?)?;
        match (path.repetition, path.component, path.subcomponent) {
            (None, None, None) => Some(field),
            (repetition, None, None) => field.repetition(repetition?),
            (repetition, component, None) => field.repetition(repetition.unwrap_or(1))?.component(component?),
            (repetition, component, last) => {
                let repetition = field.repetition(repetition.unwrap_or(1))?;
                repetition.component(component.unwrap_or(1))?.subcomponent(last?)
            }
        }
    }

    /// The text at a path, without escapes; of something with parts, its first subcomponent. `None` where nothing is
    /// written. `""` (two quotes) is returned as it stands.
    #[must_use]
    pub fn get(&self, path: &Path) -> Option<String> {
        let text = self.part(path)?.text();
        (!text.is_empty()).then_some(text)
    }

    /// The bytes at a path as they stand, separators and escapes included; of a segment, its content.
    #[must_use]
    pub fn raw(&self, path: &Path) -> Option<&[u8]> {
        Some(&self.bytes[self.span(path)?])
    }

    /// Where a path stands in the bytes.
    #[must_use]
    pub fn span(&self, path: &Path) -> Option<Range<usize>> {
        match path.field {
            None => Some(self.find(path)?.span()),
            Some(_) => Some(self.part(path)?.span()),
        }
    }
}
