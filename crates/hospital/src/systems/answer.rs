use serde_json::Value;
use standards::hl7::message::Message;

use super::record::Record;
use crate::ehr::mrn_of;
use crate::messages::{Event, Interface, MessageError, Trigger, write_message};

/// An acknowledgement code (HL7 table 0008, original mode).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ack {
    /// AA: accepted.
    Accept,
    /// AE: the message may be right, but cannot be worked with now; the sender may try again.
    Error,
    /// AR: never to be accepted as it is.
    Reject,
}

impl Ack {
    /// As MSA-1 has it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Accept => "AA",
            Self::Error => "AE",
            Self::Reject => "AR",
        }
    }
}

/// A message a system wants sent: what happened, and the resources that it is about. To whom is the topology's business.
#[derive(Debug, Clone, PartialEq)]
pub struct Sent {
    /// Type and trigger, such as `ORU^R01`.
    pub event: &'static str,
    /// The Patient; after a merge, the surviving one.
    pub patient: Value,
    /// The Patient that a merge retired.
    pub retired: Option<Value>,
    /// The Encounter it happened in.
    pub encounter: Option<Value>,
    /// What it is about, and what that refers to.
    pub resources: Vec<Value>,
}

impl Sent {
    /// A message about a person, so far of nothing else.
    pub fn new(event: &'static str, patient: Value) -> Self {
        Self { event, patient, retired: None, encounter: None, resources: Vec::new() }
    }

    /// The MRN of whom it is about; empty where they have none.
    pub fn mrn(&self) -> &str {
        mrn_of(&self.patient).unwrap_or_default()
    }

    /// The message as it goes over an interface, under a control id (MSH-10).
    ///
    /// # Errors
    /// When it lacks what the event is about, or the interface cannot say it.
    pub fn write(
        &self,
        interface: &Interface,
        control_id: &str,
        author: &str,
        recorded_us: i64,
    ) -> Result<Message, MessageError> {
        let event = self.event.to_owned();
        let trigger = Trigger::named(self.event).ok_or(MessageError::Unknown { event })?;
        let event = Event {
            trigger,
            recorded_us,
            author,
            patient: &self.patient,
            retired: self.retired.as_ref(),
            encounter: self.encounter.as_ref(),
            resources: &self.resources,
        };
        write_message(&event, interface, control_id)
    }
}

/// What a system makes of a message.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// What it answers.
    pub ack: Ack,
    /// Why, where it does not accept; goes into MSA-3 and ERR.
    pub reason: Option<String>,
    /// The records it writes.
    pub records: Vec<Record>,
    /// The messages it sends because of it.
    pub sends: Vec<Sent>,
}

impl Answer {
    /// Accepted, with what is written down.
    pub fn accept(records: Vec<Record>) -> Self {
        Self { ack: Ack::Accept, reason: None, records, sends: Vec::new() }
    }

    /// Accepted, and sent on.
    pub(super) fn and_send(self, sends: Vec<Sent>) -> Self {
        Self { sends, ..self }
    }

    /// Not accepted now.
    pub fn error(reason: String) -> Self {
        Self { ack: Ack::Error, reason: Some(reason), records: Vec::new(), sends: Vec::new() }
    }

    /// Never to be accepted.
    pub fn reject(reason: String) -> Self {
        Self { ack: Ack::Reject, ..Self::error(reason) }
    }
}
