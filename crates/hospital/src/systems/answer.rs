use super::record::Record;

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

/// A message a system wants sent: its event and its segments after MSH. To whom is the topology's business.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// Type and trigger, such as `ORU^R01`.
    pub event: &'static str,
    /// The MRN of whom it is about.
    pub mrn: String,
    /// The segments after MSH, each ended by CR.
    pub segments: String,
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
