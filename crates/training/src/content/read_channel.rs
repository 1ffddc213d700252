//! Checks of kind `channel`.

use super::fields::Fields;
use super::node::Node;
use super::read_message::wanted;
use super::sink::Sink;
use crate::lab::{ChannelTest, Try, Wanted};

/// Most messages of one check: each goes through the channel whenever the check is judged.
const TRIES_MAX: usize = 40;

/// Reads the channel and the hidden messages.
pub(super) fn channel(fields: &Fields<'_>, sink: &Sink) -> ChannelTest {
    let nodes = fields.list("try");
    if nodes.is_empty() {
        sink.say(
            fields.place,
            "no hidden message is given",
            "add a `try` with a message and what it expects",
        );
    }
    if nodes.len() > TRIES_MAX {
        let what = format!("{} hidden messages are more than {TRIES_MAX}", nodes.len());
        sink.say(fields.place, what, "keep those that tell a right channel from a wrong one");
    }
    let tries = nodes.iter().filter_map(|node| one(node, sink)).collect();
    ChannelTest { channel: fields.need_text("channel"), tries }
}

fn one(node: &Node, sink: &Sink) -> Option<Try> {
    let fields = Fields::new(node, "a hidden message", sink);
    let message = fields.need_text("message");
    let found = fields.one_of(&["expect", "where", "outcome"]).map(|(key, _)| key);
    let outcome = match found {
        Some("expect") => fields.text("expect").map(Wanted::Json),
        Some("where") => Some(Wanted::Message(wanted(&fields, sink))),
        Some(_) => fields.parsed("outcome", "filtered or error", outcome),
        None => None,
    };
    let place = fields.place.clone();
    fields.close();
    Some(Try { message, outcome: outcome?, place })
}

fn outcome(word: &str) -> Option<Wanted> {
    match word {
        "filtered" => Some(Wanted::Filtered),
        "error" => Some(Wanted::Error),
        _ => None,
    }
}
