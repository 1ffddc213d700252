//! Where the parts of a segment begin and end. A missing part is answered with how many there are.

use std::ops::Range;

use crate::hl7::message::Message;

/// Whether a segment is a header, whose first field is the field separator itself.
pub(super) fn is_header(segment: &[u8], field: u8) -> bool {
    [&b"MSH"[..], b"FHS", b"BHS"].iter().any(|name| segment.starts_with(name))
        && segment.get(3) == Some(&field)
}

/// The fields of the segment that stands at `segment`.
pub(super) fn field_spans(
    message: &Message,
    segment: Range<usize>,
) -> impl Iterator<Item = Range<usize>> + use<'_> {
    let bytes = &message.bytes[segment.clone()];
    let separator = message.separators.field;
    let name = bytes.iter().position(|byte| *byte == separator);
    let first = is_header(bytes, separator).then(|| segment.start + 3..segment.start + 4);
    let rest = name.map(|length| segment.start + length + 1..segment.end);
    first
        .into_iter()
        .chain(rest.into_iter().flat_map(move |rest| pieces(&message.bytes, rest, Some(separator))))
}

/// The field of this number.
///
/// # Errors
/// The number of fields there are, when there are fewer.
pub(super) fn field_span(
    message: &Message,
    segment: Range<usize>,
    number: u16,
) -> Result<Range<usize>, usize> {
    nth(field_spans(message, segment), number)
}

/// The parts of `whole` between separators; all of it is one part where no separator is declared.
pub(super) fn pieces(
    bytes: &[u8],
    whole: Range<usize>,
    separator: Option<u8>,
) -> impl Iterator<Item = Range<usize>> {
    let mut from = Some(whole.start);
    std::iter::from_fn(move || {
        let start = from?;
        let found =
            separator.and_then(|byte| bytes[start..whole.end].iter().position(|other| *other == byte));
        let end = found.map_or(whole.end, |length| start + length);
        from = found.map(|_| end + 1);
        Some(start..end)
    })
}

/// The part of this number, from 1.
///
/// # Errors
/// The number of parts there are, when there are fewer.
pub(super) fn nth(mut parts: impl Iterator<Item = Range<usize>>, number: u16) -> Result<Range<usize>, usize> {
    let mut count = 0;
    loop {
        match parts.next() {
            Some(span) if count + 1 == usize::from(number) => return Ok(span),
            Some(_) => count += 1,
            None => return Err(count),
        }
    }
}
