use standards::hl7::acknowledge::Verdict;
use standards::hl7::finding::{Condition, Finding, Severity};
use standards::hl7::message::Message;
use standards::hl7::profile::Shelf;

/// How a message stands to the profiles agreed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Conformance {
    /// Whether it may go on to the system.
    pub(super) verdict: Verdict,
    /// What is wrong with it.
    pub(super) findings: Vec<Finding>,
}

/// Judges a message by its profile: of a kind that has none it is rejected, one that breaks its profile is erred.
pub(super) fn conform(message: &Message) -> Conformance {
    let findings = Shelf::shipped().validate(message);
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
    Conformance { verdict, findings }
}
