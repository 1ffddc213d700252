use std::net::SocketAddr;

use hospital::systems::Answer;
use hospital::topology::{System, SystemKind};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use standards::hl7::acknowledge::Verdict;
use standards::hl7::finding::{Condition, Finding};
use standards::hl7::message::{Message, Path};
use store::StoreError;

use super::conform::{Conformance, conform};
use super::deliver::answer_of;
use super::reach::{Reaching, closed, reach};
use super::settle::{findings, verdict};
use super::standing::Reached;
use super::way::{Way, system};
use crate::access::{Access, Came};
use crate::engine::{self, Origin, failure};
use crate::entropy::Entropy;
use crate::fhir::Context;
use crate::platform::Platform;
use crate::response::Door;
use crate::topology::topology;

/// The system that messages come through, in the journal.
pub(super) const SOURCE: &str = "mllp";

/// Who stands at the door with a message.
#[derive(Debug, Clone)]
pub struct Peer {
    /// Their name in the journal: an address with its port.
    name: String,
    /// How they came; nothing for whoever the platform plays beside the network.
    came: Option<Came>,
}

impl Peer {
    /// Somebody who connected from an address.
    pub fn at(address: SocketAddr, certified: bool) -> Self {
        let host = address.ip().to_canonical().to_string();
        Self { name: address.to_string(), came: Some(Came::from(host).certified(certified)) }
    }

    /// Somebody who is played, and comes like this.
    pub fn played(came: &Came) -> Self {
        Self { name: came.address.clone(), came: Some(came.clone()) }
    }

    /// Somebody who did not come over the network.
    pub fn beside(name: &str) -> Self {
        Self { name: name.to_owned(), came: None }
    }

    /// How they came, where it was over the network.
    pub(super) fn came(&self) -> Option<&Came> {
        self.came.as_ref()
    }
}

/// What goes back for what came in.
#[derive(Debug)]
pub struct Answers {
    /// The acknowledgements in their order; none where the sender wants none.
    pub messages: Vec<Vec<u8>>,
    /// Why it could not be recorded, if that is so. The sender is told to send again; the operator has to act.
    pub failure: Option<StoreError>,
    /// Whether the connection is to end without a word: nothing is taken from this address.
    pub hang_up: bool,
    /// What the message reached, if it reached something.
    pub reached: Option<Reached>,
}

impl Platform {
    /// Takes the bytes of a message from an address, and says what to answer.
    ///
    /// What reached a system of a sandbox is journalled there, on disk before this returns, whatever came of it. Channels
    /// that listen for the system take it in the system's stead. Bytes that are no message, or are for a sandbox or system
    /// that is not, are rejected with what to try.
    pub fn receive(&self, bytes: &[u8], peer: &Peer) -> Answers {
        let message = match Message::parse(bytes) {
            Ok(message) => message,
            Err(error) => return Answers::of(vec![self.refuse_message(&error.to_string())]),
        };
        match self.let_in(&message, peer) {
            Ok((messages, reached)) => Answers { reached: Some(reached), ..Answers::of(messages) },
            Err(Failed::Address(finding)) => {
                let now_us = self.clock().now_us();
                Answers::of(self.answers(&message, Verdict::Rejected, &[*finding], now_us))
            }
            Err(Failed::Dropped) => Answers { hang_up: true, ..Answers::of(Vec::new()) },
            Err(Failed::Store(error)) => {
                let text = "the message could not be recorded and was not taken; send it again later";
                let finding = Finding::whole(Condition::Internal, text);
                let now_us = self.clock().now_us();
                let messages = self.answers(&message, Verdict::Rejected, &[finding], now_us);
                Answers { failure: Some(error), ..Answers::of(messages) }
            }
        }
    }

    /// The answer to bytes that are no message: rejected, with a reason.
    pub fn refuse_message(&self, why: &str) -> Vec<u8> {
        self.refusal(&[Finding::whole(Condition::Other, why)])
    }

    fn let_in(&self, message: &Message, peer: &Peer) -> Result<(Vec<Vec<u8>>, Reached), Failed> {
        let (sandbox, system) = self.addressee(message)?;
        let sender = message.header_text(3);
        let access = self.access(&sandbox, if sender.is_empty() { &peer.name } else { &sender }, SOURCE)?;
        let access = self.past_the_desk(access, system, message, peer)?;
        let context =
            Context { access: &access, base_url: "", entropy: self.entropy(), limits: &self.limits().json };
        let listening = engine::channels_listening(self, &access, &system.id).map_err(failure)?;
        let way = Way::to(system, &sender, &message.kind());
        let (verdict, findings) = if self.lacks_certificate(&access, &way, peer)? {
            self.uncertified(&context, &way, message, peer)?
        } else if listening.is_empty() {
            self.to_system(&context, &way, message, peer)?
        } else {
            let answer = self.to_channels(&access, &way, &listening, message, peer)?;
            (verdict(&answer), findings(&answer))
        };
        let answers = self.answers(message, verdict, &findings, access.virtual_us());
        Ok((answers, Reached::new(&access, &way)))
    }

    /// The way in with its address, unless the security desk keeps that out.
    fn past_the_desk(
        &self,
        access: Access,
        system: &System,
        message: &Message,
        peer: &Peer,
    ) -> Result<Access, Failed> {
        let Some(came) = peer.came() else { return Ok(access) };
        let access = access.coming(came);
        let Some(word) = self.kept_out(&access, system, &message.header_text(3), came)? else {
            return Ok(access);
        };
        let detail = json!({"route": "mllp", "system": system.id, "control_id": message.control_id()});
        access.note(access.event("response.refused", None, word, detail))?;
        Err(Failed::Dropped)
    }

    /// Why nothing is taken from a sender at all, in one word.
    pub(super) fn kept_out(
        &self,
        access: &Access,
        system: &System,
        sender: &str,
        came: &Came,
    ) -> Result<Option<&'static str>, StoreError> {
        if let Some(dropped) = self.dropped(access, &came.address, &system.id, Door::Mllp)? {
            return Ok(Some(dropped.word()));
        }
        Ok(self.is_unlisted_sender(access, &system.id, sender, &came.address)?.then_some("not-listed"))
    }

    /// Lets a message have reached its system before anybody came; what is written for it gets ids of this entropy. Returns whether
    /// it was accepted.
    ///
    /// # Errors
    /// When it is no message for a system of the house, or the store fails.
    pub(crate) fn received_before(
        &self,
        access: &Access,
        bytes: &[u8],
        peer: &Peer,
        entropy: &dyn Entropy,
    ) -> Result<bool, String> {
        let message = Message::parse(bytes).map_err(|error| error.to_string())?;
        let system = system(&message.header_text(5)).ok_or("MSH-5 names no system of the house")?;
        let way = Way::to(system, &message.header_text(3), &message.kind());
        let context = Context { access, base_url: "", entropy, limits: &self.limits().json };
        let done = self.to_system(&context, &way, &message, peer).map_err(|error| error.to_string())?;
        Ok(done.0 == Verdict::Accepted)
    }

    pub(super) fn lacks_certificate(
        &self,
        access: &Access,
        way: &Way,
        peer: &Peer,
    ) -> Result<bool, StoreError> {
        let shows_none = peer.came().is_some_and(|came| !came.certified);
        Ok(shows_none && self.needs_certificate(access, &way.interface)?)
    }

    /// What came in the open where a certificate is asked for.
    fn uncertified(
        &self,
        context: &Context<'_>,
        way: &Way,
        message: &Message,
        peer: &Peer,
    ) -> Result<(Verdict, Vec<Finding>), StoreError> {
        let what = "this interface takes messages over TLS only, from senders who show a certificate";
        let answer = Answer::reject(what.to_owned());
        let more = detail(message, peer, &[]);
        let answer = reach(context, &Reaching { way, message, more }, Some(&answer))?;
        Ok((verdict(&answer), findings(&answer)))
    }

    /// What breaks its profile does not reach the system.
    fn to_system(
        &self,
        context: &Context<'_>,
        way: &Way,
        message: &Message,
        peer: &Peer,
    ) -> Result<(Verdict, Vec<Finding>), StoreError> {
        let closed = closed(context.access, way)?.map(Answer::error);
        let Conformance { verdict: conforming, findings: minded } = conform(message);
        let broken = match conforming {
            Verdict::Accepted => None,
            Verdict::Erred => Some(Answer::error("it breaks its profile".to_owned())),
            Verdict::Rejected => Some(Answer::reject("it breaks its profile".to_owned())),
        };
        let was_open = closed.is_none();
        let more = detail(message, peer, &minded);
        let judged = closed.or(broken);
        let answer = reach(context, &Reaching { way, message, more }, judged.as_ref())?;
        let mut found = if was_open { minded } else { Vec::new() };
        if conforming == Verdict::Accepted || !was_open {
            found.extend(findings(&answer));
        }
        Ok((verdict(&answer), found))
    }

    fn to_channels(
        &self,
        access: &Access,
        way: &Way,
        channels: &[String],
        message: &Message,
        peer: &Peer,
    ) -> Result<Answer, StoreError> {
        let origin = Origin {
            system: way.from.clone(),
            source_map: [("peer".to_owned(), json!(peer.name))].into(),
            replay_of: None,
        };
        let taken =
            engine::take_in(self, access, channels, message.bytes(), &origin, |_, got| Ok(answer_of(got)));
        taken.map_err(failure)
    }

    /// The sandbox and system that MSH-6 and MSH-5 name.
    fn addressee(&self, message: &Message) -> Result<(String, &'static System), Failed> {
        let sandbox = message.header_text(6).to_ascii_lowercase();
        if self.owner_of(&sandbox)?.is_none() {
            let text =
                format!("there is no sandbox {sandbox:?}; write the eight letters of yours into MSH-6");
            return Err(Failed::address(message, 6, text));
        }
        let name = message.header_text(5);
        let listens = |system: &&System| {
            !matches!(system.kind, SystemKind::Adt | SystemKind::Device | SystemKind::Infrastructure)
        };
        let found = system(&name).filter(listens).ok_or_else(|| {
            let known: Vec<&str> =
                topology().systems.iter().filter(listens).map(|known| known.id.as_str()).collect();
            let text = format!("no system {name:?} takes messages; MSH-5 may be {}", known.join(", "));
            Failed::address(message, 5, text)
        })?;
        Ok((sandbox, found))
    }
}

impl Answers {
    fn of(messages: Vec<Vec<u8>>) -> Self {
        Self { messages, failure: None, hang_up: false, reached: None }
    }
}

enum Failed {
    Dropped,
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

fn detail(message: &Message, peer: &Peer, findings: &[Finding]) -> Value {
    let bytes = message.bytes();
    let digest: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let version = message.version();
    let findings = findings.iter().map(|finding| {
        json!({
            "path": finding.path.as_ref().map(ToString::to_string),
            "code": finding.condition.code(&version),
            "severity": finding.severity.code(),
            "text": finding.text,
        })
    });
    json!({
        "version": version,
        "peer": peer.name,
        "certificate": peer.came().is_some_and(|came| came.certified),
        "size_bytes": bytes.len(),
        "sha256": digest,
        "findings": findings.collect::<Vec<Value>>(),
    })
}
