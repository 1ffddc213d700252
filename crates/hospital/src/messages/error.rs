use standards::hl7::message::ComposeError;

/// Why no message can be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    /// The version of the interface does not have the trigger.
    #[error("{trigger} came with version {since}, and the interface speaks {version}; use {instead}")]
    Version {
        /// Such as `OML^O21`.
        trigger: &'static str,
        /// The version that has it first.
        since: &'static str,
        /// The version of the interface.
        version: String,
        /// What says the same in older versions.
        instead: &'static str,
    },
    /// No message is written for such an event.
    #[error("{event} is not among the events that messages are written for")]
    Unknown {
        /// Type and trigger.
        event: String,
    },
    /// The event lacks a resource that the trigger is about.
    #[error("{trigger} is about a {wanted}, and the event has none; add it to the event")]
    Missing {
        /// Such as `ADT^A01`.
        trigger: &'static str,
        /// Such as `Encounter`.
        wanted: &'static str,
    },
    /// A text cannot be written in the interface's character set.
    #[error(transparent)]
    Text(#[from] ComposeError),
}
