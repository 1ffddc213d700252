use std::collections::VecDeque;

use crate::hl7::mllp::{END, Fault, RETURN, START};

/// How much of strange bytes is shown.
const SHOWN_BYTES_MAX: usize = 24;

/// What came out of the bytes of a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The content of a frame.
    Frame(Vec<u8>),
    /// Something wrong; what follows is still read.
    Fault(Fault),
}

/// Finds frames in the bytes of a connection, however they are cut into pieces.
#[derive(Clone, Debug)]
pub struct Decoder {
    limit_bytes: usize,
    state: State,
    events: VecDeque<Event>,
}

#[derive(Clone, Debug)]
enum State {
    /// Between frames.
    Outside,
    /// After 0x0B, with the content so far.
    Inside(Vec<u8>),
    /// In a frame that is too long.
    Skipping,
    /// After 0x1C.
    Ended,
}

impl Decoder {
    /// A decoder for frames whose content has at most this many bytes.
    #[must_use]
    pub fn new(limit_bytes: usize) -> Self {
        Self { limit_bytes, state: State::Outside, events: VecDeque::new() }
    }

    /// Takes the next bytes of the connection. Memory is bounded by the limit and by what is fed here at once.
    pub fn feed(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while !rest.is_empty() {
            let taken = match &mut self.state {
                State::Outside => self.outside(rest),
                State::Ended => self.ended(rest),
                State::Inside(_) | State::Skipping => self.inside(rest),
            };
            rest = &rest[taken..];
        }
    }

    /// The next frame or fault, if there is one.
    pub fn next_event(&mut self) -> Option<Event> {
        self.events.pop_front()
    }

    /// How many bytes of a frame have come whose end has not; `None` between frames.
    #[must_use]
    pub fn half(&self) -> Option<usize> {
        match &self.state {
            State::Inside(content) => Some(content.len()),
            State::Skipping => Some(self.limit_bytes),
            State::Outside | State::Ended => None,
        }
    }

    fn outside(&mut self, rest: &[u8]) -> usize {
        let start = rest.iter().position(|byte| *byte == START);
        let strange = &rest[..start.unwrap_or(rest.len())];
        // Line ends between frames harm nobody.
        let visible = strange.trim_ascii();
        if !visible.is_empty() {
            self.events.push_back(Event::Fault(outside_fault(visible)));
        }
        if start.is_some() {
            self.state = State::Inside(Vec::new());
            return strange.len() + 1;
        }
        strange.len()
    }

    fn ended(&mut self, rest: &[u8]) -> usize {
        self.state = State::Outside;
        if rest[0] == RETURN {
            return 1;
        }
        self.events.push_back(Event::Fault(Fault::NoReturn));
        0
    }

    /// Takes content up to the end of the frame, or to a start that should not be there.
    fn inside(&mut self, rest: &[u8]) -> usize {
        let mark = rest.iter().position(|byte| matches!(*byte, START | END));
        let length = mark.unwrap_or(rest.len());
        self.take(&rest[..length]);
        let Some(at) = mark else { return length };
        let next = if rest[at] == END { State::Ended } else { State::Inside(Vec::new()) };
        let content = match std::mem::replace(&mut self.state, next) {
            State::Inside(content) => Some(content),
            _ => None,
        };
        match content {
            Some(content) if rest[at] == END => self.events.push_back(Event::Frame(content)),
            Some(content) => self.events.push_back(Event::Fault(Fault::BeganAgain { lost: content.len() })),
            // What is too long has been said already.
            None => {}
        }
        at + 1
    }

    fn take(&mut self, bytes: &[u8]) {
        let State::Inside(content) = &mut self.state else { return };
        if content.len() + bytes.len() > self.limit_bytes {
            self.events.push_back(Event::Fault(Fault::TooLong { limit_bytes: self.limit_bytes }));
            self.state = State::Skipping;
        } else {
            content.extend_from_slice(bytes);
        }
    }
}

fn outside_fault(bytes: &[u8]) -> Fault {
    let shown = &bytes[..bytes.len().min(SHOWN_BYTES_MAX)];
    Fault::Outside {
        count: bytes.len(),
        beginning: String::from_utf8_lossy(shown).into_owned(),
        message: bytes.starts_with(b"MSH"),
    }
}
