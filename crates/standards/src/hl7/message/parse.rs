use std::ops::Range;

use crate::hl7::message::value::Line;
use crate::hl7::message::{Message, ParseError, Separators};

impl Message {
    /// Reads a message. Everything the bytes hold is kept; [`remarks`](Message::remarks) says what was odd.
    ///
    /// A byte order mark and blanks before MSH are allowed. A segment ends with CR; LF and CRLF are understood. A line
    /// feed alone in a message that otherwise ends its segments with CR is part of the text it stands in, unless what
    /// follows looks like a segment.
    ///
    /// # Errors
    /// When the bytes do not begin with MSH, or its separators cannot separate.
    pub fn parse(bytes: impl Into<Vec<u8>>) -> Result<Self, ParseError> {
        let bytes = bytes.into();
        let start = preamble(&bytes);
        let header = &bytes[start..];
        if !header.starts_with(b"MSH") {
            return Err(ParseError::not_hl7(header));
        }
        let separators = Separators::read(header)?;
        let lines = lines(&bytes, start, separators.field);
        Ok(Self::of(bytes, separators, lines))
    }
}

/// The length of what may stand before the header: a byte order mark, blanks, line ends.
pub(in crate::hl7) fn preamble(bytes: &[u8]) -> usize {
    let mark = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    mark + bytes[mark..].iter().take_while(|byte| byte.is_ascii_whitespace()).count()
}

/// Where the segments from `start` on stand, with what ends them.
pub(in crate::hl7) fn lines_of(bytes: &[u8], start: usize, field: u8) -> impl Iterator<Item = Range<usize>> {
    lines(bytes, start, field).into_iter().map(|line| line.start..line.next)
}

/// The segments from `start` on.
fn lines(bytes: &[u8], start: usize, field: u8) -> Vec<Line> {
    let by_return = bytes.contains(&b'\r');
    let mut lines = Vec::new();
    let mut from = start;
    let mut at = start;
    while at < bytes.len() {
        if !is_line_end(bytes[at]) {
            at += 1;
            continue;
        }
        let next = at + bytes[at..].iter().take_while(|byte| is_line_end(**byte)).count();
        if ends_segment(bytes, at, next, field, by_return) {
            lines.push(Line { start: from, end: at, next });
            from = next;
        }
        at = next;
    }
    if from < bytes.len() {
        lines.push(Line { start: from, end: bytes.len(), next: bytes.len() });
    }
    lines
}

/// Whether the run of CR and LF from `at` to `next` ends a segment.
fn ends_segment(bytes: &[u8], at: usize, next: usize, field: u8, by_return: bool) -> bool {
    !by_return
        || next == bytes.len()
        || bytes[at..next].contains(&b'\r')
        || looks_like_segment(&bytes[next..], field)
}

/// Three capitals or digits, the first a capital, then the field separator or the end of the line.
pub(super) fn looks_like_segment(line: &[u8], field: u8) -> bool {
    let [first, rest @ ..] = line else { return false };
    let named =
        rest.len() >= 2 && rest[..2].iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let ended = rest.get(2).is_none_or(|byte| *byte == field || is_line_end(*byte));
    first.is_ascii_uppercase() && named && ended
}

pub(super) fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}
