//! `lab.md`: front matter between two `+++` lines, then the brief.

use super::sink::Sink;
use crate::problem::Place;

/// The two halves of a file, each with the line it begins on.
pub(super) struct Parts<'a> {
    pub(super) front: &'a str,
    pub(super) front_line: u32,
    pub(super) brief: &'a str,
    pub(super) brief_line: u32,
}

/// Splits a file; one without front matter is a problem, and no lab.
pub(super) fn split<'a>(file: &str, text: &'a str, sink: &Sink) -> Option<Parts<'a>> {
    let mut fences = Vec::new();
    let mut offset = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        if line.trim_end() == "+++" {
            fences.push((u32::try_from(index + 1).unwrap_or(u32::MAX), offset, offset + line.len()));
        }
        offset += line.len();
    }
    if let [(1, _, front), (line, end, brief), ..] = fences.as_slice() {
        let (front, brief) = (&text[*front..*end], &text[*brief..]);
        return Some(Parts { front, front_line: 2, brief, brief_line: line + 1 });
    }
    let advice = "begin the file with a `+++` line, TOML, and another `+++` line";
    sink.say(&Place::start(file), "the front matter is missing", advice);
    None
}
