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

/// Splits a file; one without front matter is all brief, and a problem.
pub(super) fn split<'a>(file: &str, text: &'a str, sink: &Sink) -> Parts<'a> {
    let mut fences = Vec::new();
    let mut offset = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        if line.trim_end() == "+++" {
            fences.push((u32::try_from(index + 1).unwrap_or(u32::MAX), offset, offset + line.len()));
        }
        offset += line.len();
    }
    match fences.as_slice() {
        [(1, _, front), (line, end, brief), ..] => {
            Parts { front: &text[*front..*end], front_line: 2, brief: &text[*brief..], brief_line: line + 1 }
        }
        _ => {
            let what = "the front matter is missing";
            sink.say(
                &Place::start(file),
                what,
                "begin the file with a `+++` line, TOML, and another `+++` line",
            );
            Parts { front: "", front_line: 1, brief: text, brief_line: 1 }
        }
    }
}
