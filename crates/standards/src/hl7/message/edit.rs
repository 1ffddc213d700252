use std::ops::Range;

use crate::hl7::charset::Charset;
use crate::hl7::escape::escape;
use crate::hl7::message::fields::{field_span, nth, pieces};
use crate::hl7::message::parse::{is_line_end, looks_like_segment};
use crate::hl7::message::value::Line;
use crate::hl7::message::{EditError, Level, Message, Path};

impl Message {
    /// Writes a text at a path, escaped and in the message's character set. It replaces all that the path names (`PID-3`
    /// with its repetitions, `PID-3[2]` one of them) and no other byte. Missing fields and parts on the way are added as
    /// empty ones. An empty text empties the place.
    ///
    /// # Errors
    /// When the segment is absent, the path names a segment or the separators, or the text cannot be written in this
    /// message.
    pub fn set(&mut self, path: &Path, text: &str) -> Result<(), EditError> {
        let bytes = escape(text, &self.separators, &self.charset)?;
        self.write(path, &bytes)
    }

    /// Writes bytes at a path as they are: separators inside the place and escapes are the caller's.
    ///
    /// # Errors
    /// As [`set`](Message::set), and when the bytes would end the place or the segment.
    pub fn set_raw(&mut self, path: &Path, bytes: &[u8]) -> Result<(), EditError> {
        let level = level(path);
        let outer = [Level::Field, Level::Repetition, Level::Component, Level::Subcomponent];
        let ends = outer
            .into_iter()
            .filter(|other| *other <= level)
            .filter_map(|other| self.separators.between(other));
        let ends: Vec<u8> = ends.chain(*b"\r\n").collect();
        match bytes.iter().find(|byte| ends.contains(byte)) {
            Some(byte) => Err(EditError::Divides { byte: *byte, level }),
            None => self.write(path, bytes),
        }
    }

    /// Inserts a segment so that it stands at `index`; at the number of segments, or past it, it becomes the last.
    ///
    /// # Errors
    /// When the bytes are not one segment, or it would stand before MSH.
    pub fn insert_segment(&mut self, index: usize, segment: impl AsRef<[u8]>) -> Result<(), EditError> {
        let segment = segment.as_ref();
        if segment.iter().any(|byte| is_line_end(*byte))
            || !looks_like_segment(segment, self.separators.field)
        {
            return Err(EditError::NotSegment);
        }
        if index == 0 || segment.starts_with(b"MSH") {
            return Err(EditError::Header);
        }
        self.end_last_segment();
        let at = self.lines.get(index).map_or(self.bytes.len(), |line| line.start);
        let line = [segment, &self.usual_ending()].concat();
        self.splice(at..at, &line);
        let place = index.min(self.lines.len());
        self.lines.insert(place, Line { start: at, end: at + segment.len(), next: at + line.len() });
        Ok(())
    }

    /// Adds a segment at the end.
    ///
    /// # Errors
    /// When the bytes are not one segment.
    pub fn add_segment(&mut self, segment: impl AsRef<[u8]>) -> Result<(), EditError> {
        self.insert_segment(self.lines.len(), segment)
    }

    /// Removes the segment at this index, with what ends it.
    ///
    /// # Errors
    /// When it is MSH, or there is none.
    pub fn remove_segment(&mut self, index: usize) -> Result<(), EditError> {
        if index == 0 {
            return Err(EditError::Header);
        }
        if index >= self.lines.len() {
            return Err(EditError::NoIndex { index, count: self.lines.len() });
        }
        let line = self.lines.remove(index);
        self.splice(line.start..line.next, b"");
        Ok(())
    }

    fn write(&mut self, path: &Path, bytes: &[u8]) -> Result<(), EditError> {
        let (index, span, missing) = self.way(path)?;
        if bytes.is_empty() && !missing.is_empty() {
            return Ok(());
        }
        let removed = span.len();
        let written = [&missing[..], bytes].concat();
        self.splice(span, &written);
        // `splice` moves the segments behind; the one that was written in only ends elsewhere.
        let line = &mut self.lines[index];
        line.end = line.end + written.len() - removed;
        line.next = line.next + written.len() - removed;
        if path.segment == "MSH" && path.field == Some(18) {
            self.charset = Charset::named(&self.header_text(18));
        }
        Ok(())
    }

    /// The index of the path's segment and where the path stands; if the segment ends before it, where it would stand,
    /// and the separators that lead there.
    fn way(&self, path: &Path) -> Result<(usize, Range<usize>, Vec<u8>), EditError> {
        let Some(number) = path.field else { return Err(EditError::WholeSegment { path: path.to_string() }) };
        let segment = self.find(path).ok_or_else(|| EditError::NoSegment {
            segment: path.segment.clone(),
            occurrence: path.occurrence,
        })?;
        // A header without its separators would take the first one that is written for its own.
        let bare = matches!(segment.bytes(), b"MSH" | b"FHS" | b"BHS");
        if bare || (number <= 2 && segment.is_header()) {
            return Err(EditError::Fixed { path: path.to_string() });
        }
        let mut missing = Vec::new();
        let mut span = segment.span();
        let found = field_span(self, span.clone(), number);
        span = self.reach(span.end, Level::Field, number, found, &mut missing)?;
        for (level, wanted) in steps(path) {
            // What is missing is empty, so it has one part of each level inside it.
            let found = nth(pieces(&self.bytes, span.clone(), self.separators.between(level)), wanted);
            span = self.reach(span.end, level, wanted, found, &mut missing)?;
        }
        Ok((segment.index(), span, missing))
    }

    /// What was found, or the empty place at `end` behind as many separators as are missing.
    fn reach(
        &self,
        end: usize,
        level: Level,
        wanted: u16,
        found: Result<Range<usize>, usize>,
        missing: &mut Vec<u8>,
    ) -> Result<Range<usize>, EditError> {
        let count = match found {
            Ok(span) => return Ok(span),
            Err(count) => usize::from(wanted).saturating_sub(count),
        };
        let separator = self.separators.between(level).ok_or(EditError::NoSeparator { level })?;
        missing.extend(std::iter::repeat_n(separator, count));
        Ok(end..end)
    }

    /// Replaces bytes and moves the segments that begin behind them.
    fn splice(&mut self, span: Range<usize>, bytes: &[u8]) {
        let (start, removed) = (span.start, span.len());
        self.bytes.splice(span, bytes.iter().copied());
        let moved = |at: usize| at + bytes.len() - removed;
        for line in self.lines.iter_mut().filter(|line| line.start >= start + removed) {
            *line = Line { start: moved(line.start), end: moved(line.end), next: moved(line.next) };
        }
    }

    fn end_last_segment(&mut self) {
        let ending = self.usual_ending();
        if let Some(last) = self.lines.last_mut().filter(|line| line.end == line.next) {
            self.bytes.extend_from_slice(&ending);
            last.next = self.bytes.len();
        }
    }

    /// What ends segments in this message; CR where nothing does yet.
    fn usual_ending(&self) -> Vec<u8> {
        let has = |byte: u8| self.bytes.contains(&byte);
        match self.header().ending() {
            [b'\r', b'\n', ..] => b"\r\n".to_vec(),
            _ if has(b'\r') || !has(b'\n') => b"\r".to_vec(),
            _ => b"\n".to_vec(),
        }
    }
}

/// The levels below the field that a path goes through.
fn steps(path: &Path) -> impl Iterator<Item = (Level, u16)> {
    let inner = path.component.is_some() || path.subcomponent.is_some();
    let steps = [
        (Level::Repetition, path.repetition.or(inner.then_some(1))),
        (Level::Component, path.component.or(path.subcomponent.map(|_| 1))),
        (Level::Subcomponent, path.subcomponent),
    ];
    steps.into_iter().filter_map(|(level, number)| Some((level, number?)))
}

/// The level of the part that a path names.
fn level(path: &Path) -> Level {
    match (path.repetition, path.component, path.subcomponent) {
        (_, _, Some(_)) => Level::Subcomponent,
        (_, Some(_), None) => Level::Component,
        (Some(_), None, None) => Level::Repetition,
        (None, None, None) => Level::Field,
    }
}
