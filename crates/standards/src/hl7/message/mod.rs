//! A message as the bytes that arrived, with offsets (HL7 v2.5.1, chapter 2).
//!
//! [`Message::parse`] finds the separators and where segments end, and nothing more; fields, repetitions, components and
//! subcomponents are found when somebody asks. Printing is giving the bytes back. Reading is tolerant of how lines end,
//! and [`Message::remarks`] says what was tolerated. A [`Path`] such as `PID-3[2].4.1` names a place for
//! [`get`](Message::get), [`set`](Message::set) and [`span`](Message::span); [`Message::locate`] goes the other way.

mod compose;
mod edit;
mod error;
mod fields;
mod locate;
mod parse;
mod part;
mod path;
mod read;
mod remark;
mod segment;
mod separators;
mod value;

#[cfg(test)]
mod tests;

pub use compose::{ComposeError, Content, Line};
pub use error::{EditError, ParseError};
pub(in crate::hl7) use parse::{lines_of, preamble};
pub use part::Part;
pub use path::{Path, PathError};
pub use remark::{Remark, RemarkKind};
pub use segment::Segment;
pub use separators::{Level, Separators};
pub use value::Message;
