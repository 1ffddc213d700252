//! Answers, and the one request this hospital makes itself.

use super::command::{Command, Field, NO_DATASET, WITH_DATASET};
use super::message::Message;

/// The longest Error Comment (0000,0902).
const COMMENT_CHARS_MAX: usize = 64;

/// How far a retrieval is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Still to be sent.
    pub remaining: u16,
    /// Sent.
    pub completed: u16,
    /// Refused by the destination.
    pub failed: u16,
    /// Taken with a warning.
    pub warned: u16,
}

/// The answer to `request`: a status, a comment where it is a failure, counts for a retrieval, and a data set if one is
/// returned.
pub fn response(
    request: &Message,
    status: u16,
    comment: Option<&str>,
    counts: Option<Counts>,
    dataset: Option<Vec<u8>>,
) -> Message {
    let asked = &request.command;
    let mut command = Command::new(Field::Other(asked.field().number() | 0x8000))
        .with_number(Command::RESPONDED, asked.number(Command::MESSAGE).unwrap_or_default())
        .with_number(Command::DATASET_TYPE, if dataset.is_some() { WITH_DATASET } else { NO_DATASET })
        .with_number(Command::STATUS, status);
    let class = asked.text(Command::SOP_CLASS);
    let class = if class.is_empty() { &request.abstract_syntax } else { &class };
    command = command.with_uid(Command::SOP_CLASS, class);
    let instance = asked.text(Command::SOP_INSTANCE);
    if !instance.is_empty() {
        command = command.with_uid(Command::SOP_INSTANCE, &instance);
    }
    if let Some(comment) = comment {
        let short: String = comment.chars().filter(char::is_ascii).take(COMMENT_CHARS_MAX).collect();
        command = command.with_text(Command::COMMENT, &short);
    }
    if let Some(counts) = counts {
        let numbers = [counts.remaining, counts.completed, counts.failed, counts.warned];
        for (element, number) in Command::COUNTS.into_iter().zip(numbers) {
            command = command.with_number(element, number);
        }
    }
    Message { command, dataset: dataset.unwrap_or_default(), ..request.clone_address() }
}

/// A C-STORE of an object on behalf of who asked for it to be moved: (AE title, message).
pub fn store_request(
    message: u16,
    (class, instance): (&str, &str),
    (context, syntax): (u8, &str),
    dataset: Vec<u8>,
    originator: (&str, u16),
) -> Message {
    let command = Command::new(Field::Store)
        .with_uid(Command::SOP_CLASS, class)
        .with_number(Command::MESSAGE, message)
        .with_number(Command::PRIORITY, 0)
        .with_number(Command::DATASET_TYPE, WITH_DATASET)
        .with_uid(Command::SOP_INSTANCE, instance)
        .with_text(Command::ORIGINATOR, originator.0)
        .with_number(Command::ORIGINATOR_MESSAGE, originator.1);
    Message { context, abstract_syntax: class.to_owned(), syntax: syntax.to_owned(), command, dataset }
}

impl Message {
    /// The same context with nothing in it.
    fn clone_address(&self) -> Self {
        Self {
            context: self.context,
            abstract_syntax: self.abstract_syntax.clone(),
            syntax: self.syntax.clone(),
            command: Command::default(),
            dataset: Vec::new(),
        }
    }
}
