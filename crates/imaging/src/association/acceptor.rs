//! The side that is called (PS3.8, 9.2).

use std::collections::BTreeMap;

use dicom_ul::pdu::{
    AbortRQServiceProviderReason as Reason, AbortRQSource, AssociationAC, AssociationRQ, Pdu,
    PresentationContextResultReason, UserVariableItem,
};

use super::assembly::Assembly;
use super::negotiate::{answer, bare};
use super::{PDU_BYTES_MAX, Rejection};
use crate::dataset::implementation;
use crate::dimse::Message;

/// DICOM's application context (PS3.7, A.2.1).
pub(super) const APPLICATION_CONTEXT: &str = "1.2.840.10008.3.1.1.1";
/// Contexts an association may propose: every odd number of a byte.
const CONTEXTS_MAX: usize = 128;
/// The shortest PDU that anything fits into; who announces less gets this.
const PDU_BYTES_MIN: u32 = 1_024;

/// Who wants in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Whom they call.
    pub called: String,
    /// Who they say they are.
    pub calling: String,
    /// What they run.
    pub implementation: String,
}

/// What to do next.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Decide whether to let this caller in: [`Acceptor::accept`] or [`Acceptor::reject`].
    Decide(Proposal),
    /// Send this.
    Send(Pdu),
    /// Carry this out and send the answer.
    Perform(Message),
    /// Close the connection. With a sentence if the peer broke the protocol, or gave up.
    Close(Option<String>),
}

/// An association as the called side has it.
#[derive(Debug, Default)]
pub struct Acceptor {
    phase: Phase,
}

#[derive(Debug, Default)]
enum Phase {
    #[default]
    New,
    Deciding(Box<AssociationRQ>),
    Open(Open),
    Over,
}

#[derive(Debug)]
struct Open {
    /// Abstract and transfer syntax of each accepted context.
    contexts: BTreeMap<u8, (String, String)>,
    assembly: Assembly,
    peer_pdu_bytes_max: u32,
}

impl Acceptor {
    /// What a PDU asks for.
    pub fn take(&mut self, pdu: Pdu) -> Vec<Step> {
        match (&mut self.phase, pdu) {
            (Phase::Over, _) => Vec::new(),
            (_, Pdu::AbortRQ { source }) => {
                self.phase = Phase::Over;
                vec![Step::Close(Some(format!("the peer aborted the association ({source:?})")))]
            }
            (Phase::New, Pdu::AssociationRQ(asked)) => self.propose(asked),
            (Phase::Open(open), Pdu::PData { data }) => {
                let mut steps = Vec::new();
                for value in data {
                    match open.add(value) {
                        Ok(None) => {}
                        Ok(Some(message)) => steps.push(Step::Perform(message)),
                        Err(what) => {
                            steps.extend(self.abort(Reason::InvalidPduParameter, what));
                            break;
                        }
                    }
                }
                steps
            }
            (Phase::Open(_), Pdu::ReleaseRQ) => {
                self.phase = Phase::Over;
                vec![Step::Send(Pdu::ReleaseRP), Step::Close(None)]
            }
            (_, other) => {
                let what = format!("{} came where it has no place", name(&other));
                self.abort(Reason::UnexpectedPdu, what)
            }
        }
    }

    fn propose(&mut self, asked: AssociationRQ) -> Vec<Step> {
        if asked.presentation_contexts.len() > CONTEXTS_MAX {
            let what = format!("more than {CONTEXTS_MAX} presentation contexts were proposed");
            return self.abort(Reason::InvalidPduParameter, what);
        }
        if bare(&asked.application_context_name) != APPLICATION_CONTEXT {
            self.phase = Phase::Over;
            let what = format!("application context '{}' is not DICOM's", asked.application_context_name);
            return vec![Step::Send(Rejection::ApplicationContext.pdu()), Step::Close(Some(what))];
        }
        let proposal = Proposal {
            called: asked.called_ae_title.clone(),
            calling: asked.calling_ae_title.clone(),
            implementation: implementation_of(&asked.user_variables),
        };
        self.phase = Phase::Deciding(Box::new(asked));
        vec![Step::Decide(proposal)]
    }

    /// Lets the caller in, with the contexts that are served here. Returns what to send.
    pub fn accept(&mut self) -> Vec<Step> {
        let Phase::Deciding(asked) = std::mem::take(&mut self.phase) else {
            self.phase = Phase::Over;
            return vec![Step::Close(Some("nobody asked for an association".to_owned()))];
        };
        let results: Vec<_> = asked.presentation_contexts.iter().map(answer).collect();
        let accepted = asked.presentation_contexts.iter().zip(&results);
        let accepted =
            accepted.filter(|(_, result)| result.reason == PresentationContextResultReason::Acceptance);
        let contexts = accepted
            .map(|(proposed, result)| {
                (result.id, (bare(&proposed.abstract_syntax).to_owned(), result.transfer_syntax.clone()))
            })
            .collect();
        let peer_pdu_bytes_max = pdu_bytes_max_of(&asked.user_variables);
        self.phase = Phase::Open(Open { contexts, assembly: Assembly::default(), peer_pdu_bytes_max });
        vec![Step::Send(Pdu::AssociationAC(AssociationAC {
            protocol_version: 1,
            calling_ae_title: asked.calling_ae_title,
            called_ae_title: asked.called_ae_title,
            application_context_name: APPLICATION_CONTEXT.to_owned(),
            presentation_contexts: results,
            user_variables: own_variables(),
        }))]
    }

    /// Keeps the caller out. Returns what to send.
    pub fn reject(&mut self, why: Rejection) -> Vec<Step> {
        self.phase = Phase::Over;
        vec![Step::Send(why.pdu()), Step::Close(None)]
    }

    /// Ends it because of something the peer did. Returns what to send.
    pub fn abort(&mut self, reason: Reason, what: String) -> Vec<Step> {
        self.phase = Phase::Over;
        let source = AbortRQSource::ServiceProvider(reason);
        vec![Step::Send(Pdu::AbortRQ { source }), Step::Close(Some(what))]
    }

    /// The same for bytes that are no PDU.
    pub fn abort_unreadable(&mut self, what: String) -> Vec<Step> {
        self.abort(Reason::UnrecognizedPdu, what)
    }

    /// Ends it though the peer did nothing wrong. Returns what to send.
    pub fn cut(&mut self) -> Vec<Step> {
        self.phase = Phase::Over;
        let source = AbortRQSource::ServiceProvider(Reason::ReasonNotSpecified);
        vec![Step::Send(Pdu::AbortRQ { source }), Step::Close(None)]
    }

    /// The longest PDU that the peer takes.
    pub fn peer_pdu_bytes_max(&self) -> u32 {
        match &self.phase {
            Phase::Open(open) => open.peer_pdu_bytes_max,
            _ => PDU_BYTES_MIN,
        }
    }

    /// How many contexts are open.
    pub fn contexts(&self) -> usize {
        match &self.phase {
            Phase::Open(open) => open.contexts.len(),
            _ => 0,
        }
    }
}

impl Open {
    fn add(&mut self, value: dicom_ul::pdu::PDataValue) -> Result<Option<Message>, String> {
        let id = value.presentation_context_id;
        let Some((abstract_syntax, syntax)) = self.contexts.get(&id) else {
            return Err(super::AssemblyError::Context(id).to_string());
        };
        let done = self.assembly.add(value).map_err(|error| error.to_string())?;
        Ok(done.map(|(context, command, dataset)| Message {
            context,
            abstract_syntax: abstract_syntax.clone(),
            syntax: syntax.clone(),
            command,
            dataset,
        }))
    }
}

/// What we tell of ourselves (PS3.7, D.3.3).
pub(super) fn own_variables() -> Vec<UserVariableItem> {
    let (class, version) = implementation();
    vec![
        UserVariableItem::MaxLength(PDU_BYTES_MAX),
        UserVariableItem::ImplementationClassUID(class.to_owned()),
        UserVariableItem::ImplementationVersionName(version.to_owned()),
    ]
}

/// The longest PDU the other side takes; 0 means any (PS3.8, D.1.1).
pub(super) fn pdu_bytes_max_of(variables: &[UserVariableItem]) -> u32 {
    let announced = variables.iter().find_map(|item| match item {
        UserVariableItem::MaxLength(bytes) => Some(*bytes),
        _ => None,
    });
    match announced.unwrap_or(0) {
        0 => PDU_BYTES_MAX,
        bytes => bytes.clamp(PDU_BYTES_MIN, PDU_BYTES_MAX),
    }
}

fn implementation_of(variables: &[UserVariableItem]) -> String {
    let named = variables.iter().find_map(|item| match item {
        UserVariableItem::ImplementationVersionName(name) => Some(name.clone()),
        _ => None,
    });
    named.unwrap_or_default()
}

fn name(pdu: &Pdu) -> &'static str {
    match pdu {
        Pdu::Unknown { .. } => "an unknown PDU",
        Pdu::AssociationRQ(_) => "a second A-ASSOCIATE-RQ",
        Pdu::AssociationAC(_) => "an A-ASSOCIATE-AC",
        Pdu::AssociationRJ(_) => "an A-ASSOCIATE-RJ",
        Pdu::PData { .. } => "a P-DATA-TF",
        Pdu::ReleaseRQ => "an A-RELEASE-RQ",
        Pdu::ReleaseRP => "an A-RELEASE-RP",
        Pdu::AbortRQ { .. } => "an A-ABORT",
    }
}
