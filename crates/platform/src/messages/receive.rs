use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use standards::hl7::acknowledge::Verdict;
use standards::hl7::finding::{Condition, Finding};
use standards::hl7::message::{Message, Path};
use store::StoreError;

use super::systems::{SYSTEMS, system};
use super::take::{Received, Taken, take};
use crate::access::outcome::OK;
use crate::platform::Platform;

/// The journal kind of messages that came in.
const KIND: &str = "hl7.received";
/// The system that messages come through, in the journal.
const SOURCE: &str = "mllp";

/// What goes back for what came in.
#[derive(Debug)]
pub struct Answers {
    /// The acknowledgements in their order; none where the sender wants none.
    pub messages: Vec<Vec<u8>>,
    /// Why it could not be recorded, if that is so. The sender is told to send again; the operator has to act.
    pub failure: Option<StoreError>,
}

impl Platform {
    /// Takes the bytes of a message from an address, and says what to answer.
    ///
    /// What reached a system of a sandbox is journalled there, on disk before this returns, whatever came of it. Bytes
    /// that are no message, or are for a sandbox or system that is not, are rejected with what to try.
    pub fn receive(&self, bytes: &[u8], peer: &str) -> Answers {
        let message = match Message::parse(bytes) {
            Ok(message) => message,
            Err(error) => return Answers::of(vec![self.refuse_message(&error.to_string())]),
        };
        match self.deliver(&message, peer) {
            Ok(messages) => Answers::of(messages),
            Err(Failed::Address(finding)) => {
                let now_us = self.clock().now_us();
                Answers::of(self.answers(&message, Verdict::Rejected, &[*finding], now_us))
            }
            Err(Failed::Store(error)) => {
                let text = "the message could not be recorded and was not taken; send it again later";
                let finding = Finding::whole(Condition::Internal, text);
                let now_us = self.clock().now_us();
                let messages = self.answers(&message, Verdict::Rejected, &[finding], now_us);
                Answers { messages, failure: Some(error) }
            }
        }
    }

    /// The answer to bytes that are no message: rejected, with a reason.
    pub fn refuse_message(&self, why: &str) -> Vec<u8> {
        self.refusal(&[Finding::whole(Condition::Other, why)])
    }

    fn deliver(&self, message: &Message, peer: &str) -> Result<Vec<Vec<u8>>, Failed> {
        let (sandbox, system) = self.addressee(message)?;
        let received = Received { sandbox: &sandbox, system, bytes: message.bytes(), message, peer };
        let taken = take(&received);
        let actor = message.header_text(3);
        let actor = if actor.is_empty() { peer } else { &actor };
        let access = self.access(&sandbox, actor, SOURCE)?;
        let mut event = access.event(KIND, None, word(taken.verdict), detail(&received, &taken));
        system.clone_into(&mut event.target);
        access.change(KIND, |change| change.note(&event))?;
        Ok(self.answers(message, taken.verdict, &taken.findings, access.virtual_us()))
    }

    /// The sandbox and system that MSH-6 and MSH-5 name.
    fn addressee(&self, message: &Message) -> Result<(String, &'static str), Failed> {
        let sandbox = message.header_text(6).to_ascii_lowercase();
        if self.owner_of(&sandbox)?.is_none() {
            let text =
                format!("there is no sandbox {sandbox:?}; write the eight letters of yours into MSH-6");
            return Err(Failed::address(message, 6, text));
        }
        let name = message.header_text(5);
        let found = system(&name).ok_or_else(|| {
            let known: Vec<&str> = SYSTEMS.iter().map(|(known, _)| *known).collect();
            let text = format!("no system is called {name:?}; MSH-5 may be {}", known.join(", "));
            Failed::address(message, 5, text)
        })?;
        Ok((sandbox, found))
    }
}

impl Answers {
    fn of(messages: Vec<Vec<u8>>) -> Self {
        Self { messages, failure: None }
    }
}

enum Failed {
    Address(Box<Finding>),
    Store(StoreError),
}

impl Failed {
    fn address(message: &Message, field: u16, text: String) -> Self {
        let at = message.header().field(field).map(|part| part.span().start);
        Self::Address(Box::new(Finding::at(Path::field("MSH", field), at, Condition::UnknownKey, text)))
    }
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// How the entry says that it ended.
fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Accepted => OK,
        Verdict::Erred => "erred",
        Verdict::Rejected => "rejected",
    }
}

fn detail(received: &Received<'_>, taken: &Taken) -> Value {
    let digest: String = Sha256::digest(received.bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let version = received.message.version();
    let findings = taken.findings.iter().map(|finding| {
        json!({
            "path": finding.path.as_ref().map(ToString::to_string),
            "code": finding.condition.code(&version),
            "severity": finding.severity.code(),
            "text": finding.text,
        })
    });
    json!({
        "type": received.message.kind(),
        "control_id": received.message.control_id(),
        "version": version,
        "peer": received.peer,
        "size_bytes": received.bytes.len(),
        "sha256": digest,
        "findings": findings.collect::<Vec<Value>>(),
    })
}
