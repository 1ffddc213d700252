//! Messages that nobody has seen, and what a channel must make of them.

use super::Fields;
use crate::problem::Place;

/// A channel of the learner, tried on hidden messages.
#[derive(Debug, Clone, PartialEq)]
pub struct ChannelTest {
    /// The channel's name. It is tried as it is deployed.
    pub channel: String,
    /// The messages.
    pub tries: Vec<Try>,
}

/// One hidden message.
#[derive(Debug, Clone, PartialEq)]
pub struct Try {
    /// The message, a segment a line, with placeholders.
    pub message: String,
    /// What must come of it.
    pub outcome: Wanted,
    /// Where it is declared.
    pub place: Place,
}

/// What must come of a hidden message.
#[derive(Debug, Clone, PartialEq)]
pub enum Wanted {
    /// Nothing is sent, and nothing goes wrong: a filter has held it back.
    Filtered,
    /// Nothing is sent, and the channel says that it cannot work with it: it goes to no wrong place in silence.
    Error,
    /// JSON is sent, of which this `FHIRPath` is true.
    Json(String),
    /// HL7 v2 is sent, and says this.
    Message(Fields),
}
