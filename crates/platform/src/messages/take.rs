use standards::hl7::acknowledge::Verdict;
use standards::hl7::finding::{Condition, Finding, Severity};
use standards::hl7::message::Message;
use standards::hl7::profile::Shelf;

/// A message that came for a system of a sandbox.
#[derive(Debug)]
pub struct Received<'a> {
    /// The sandbox (MSH-6).
    pub sandbox: &'a str,
    /// The system (MSH-5), as [`SYSTEMS`](super::SYSTEMS) has it.
    pub system: &'static str,
    /// The bytes that came.
    pub bytes: &'a [u8],
    /// What they say.
    pub message: &'a Message,
    /// Where they came from: an address.
    pub peer: &'a str,
}

/// What a system made of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Whether it takes it.
    pub verdict: Verdict,
    /// What it minds.
    pub findings: Vec<Finding>,
}

/// Lets the system decide: a message of a kind that has no profile is rejected, one that breaks its profile is erred.
pub(super) fn take(received: &Received<'_>) -> Taken {
    let findings = Shelf::shipped().validate(received.message);
    let foreign = |finding: &Finding| {
        matches!(
            finding.condition,
            Condition::MessageType | Condition::EventCode | Condition::ProcessingId | Condition::VersionId
        )
    };
    let verdict = if findings.iter().any(foreign) {
        Verdict::Rejected
    } else if findings.iter().any(|finding| finding.severity == Severity::Error) {
        Verdict::Erred
    } else {
        Verdict::Accepted
    };
    Taken { verdict, findings }
}
