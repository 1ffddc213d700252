//! The side that calls: what a retrieval needs to deliver objects.

use std::collections::{BTreeMap, BTreeSet};

use dicom_ul::pdu::{AssociationRQ, Pdu, PresentationContextProposed, PresentationContextResultReason};

use super::acceptor::{APPLICATION_CONTEXT, own_variables, pdu_bytes_max_of};
use super::assembly::{Assembly, AssemblyError};
use crate::dataset::{IMPLICIT_LE, is_encapsulated};
use crate::dimse::Command;

/// Contexts that one association can have.
const CONTEXTS_MAX: usize = 128;

/// What is proposed: one context for each class and syntax, and one in Implicit VR Little Endian for each class with
/// uncompressed objects, since every node takes that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed(Vec<(u8, String, String)>);

impl Proposed {
    /// For objects of these classes and syntaxes.
    pub fn of<'a>(objects: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut wanted = BTreeSet::new();
        for (class, syntax) in objects {
            wanted.insert((class.to_owned(), syntax.to_owned()));
            if !is_encapsulated(syntax) {
                wanted.insert((class.to_owned(), IMPLICIT_LE.to_owned()));
            }
        }
        let numbered = wanted.into_iter().take(CONTEXTS_MAX).zip((1..=u8::MAX).step_by(2));
        Self(numbered.map(|((class, syntax), id)| (id, class, syntax)).collect())
    }

    /// The request for an association.
    pub fn pdu(&self, calling: &str, called: &str) -> Pdu {
        let contexts = self.0.iter().map(|(id, class, syntax)| PresentationContextProposed {
            id: *id,
            abstract_syntax: class.clone(),
            transfer_syntaxes: vec![syntax.clone()],
        });
        Pdu::AssociationRQ(AssociationRQ {
            protocol_version: 1,
            calling_ae_title: calling.to_owned(),
            called_ae_title: called.to_owned(),
            application_context_name: APPLICATION_CONTEXT.to_owned(),
            presentation_contexts: contexts.collect(),
            user_variables: own_variables(),
        })
    }

    /// What the answer makes of it.
    ///
    /// # Errors
    /// A sentence that says why there is no association.
    pub fn answered(&self, pdu: &Pdu) -> Result<Accepted, String> {
        match pdu {
            Pdu::AssociationAC(answer) => {
                let yes = answer.presentation_contexts.iter();
                let yes = yes.filter(|result| result.reason == PresentationContextResultReason::Acceptance);
                let yes: BTreeSet<u8> = yes.map(|result| result.id).collect();
                let open = self.0.iter().filter(|(id, ..)| yes.contains(id));
                Ok(Accepted {
                    contexts: open
                        .map(|(id, class, syntax)| ((class.clone(), syntax.clone()), *id))
                        .collect(),
                    pdu_bytes_max: pdu_bytes_max_of(&answer.user_variables),
                })
            }
            Pdu::AssociationRJ(no) => Err(format!("the association was rejected: {}", no.source)),
            Pdu::AbortRQ { .. } => Err("the association was aborted".to_owned()),
            _ => Err("the answer was no answer to a request for an association".to_owned()),
        }
    }
}

/// An association that was granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    contexts: BTreeMap<(String, String), u8>,
    /// The longest PDU the other side takes.
    pub pdu_bytes_max: u32,
}

impl Accepted {
    /// The context for an object, and the syntax to send it in: its own, or Implicit VR Little Endian.
    pub fn context_for(&self, class: &str, syntax: &str) -> Option<(u8, String)> {
        let with = |syntax: &str| {
            let id = self.contexts.get(&(class.to_owned(), syntax.to_owned()))?;
            Some((*id, syntax.to_owned()))
        };
        with(syntax).or_else(|| if is_encapsulated(syntax) { None } else { with(IMPLICIT_LE) })
    }
}

/// Answers that come back, put together.
#[derive(Debug, Default)]
pub struct Answers(Assembly);

impl Answers {
    /// The commands that a PDU completes.
    ///
    /// # Errors
    /// [`AssemblyError`].
    pub fn take(&mut self, pdu: Pdu) -> Result<Vec<Command>, AssemblyError> {
        Ok(self.take_whole(pdu)?.into_iter().map(|(command, _)| command).collect())
    }

    /// The commands that a PDU completes, each with its data set, which may be empty.
    ///
    /// # Errors
    /// [`AssemblyError`].
    pub fn take_whole(&mut self, pdu: Pdu) -> Result<Vec<(Command, Vec<u8>)>, AssemblyError> {
        let Pdu::PData { data } = pdu else { return Ok(Vec::new()) };
        let mut whole = Vec::new();
        for value in data {
            whole.extend(self.0.add(value)?.map(|(_, command, dataset)| (command, dataset)));
        }
        Ok(whole)
    }
}
