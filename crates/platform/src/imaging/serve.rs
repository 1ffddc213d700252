//! One message in, its answers out.

use imaging::dimse::sop::{Service, service};
use imaging::dimse::{Command, Field, Message, response, status};
use serde_json::json;
use store::StoreError;

use super::door::Admitted;
use super::find::{Found, NotFound, find, find_worklist};
use super::keep::{Incoming, KeepError, keep};
use super::note::event;
use super::retrieve::{Delivery, plan};
use crate::access::{Access, outcome};

/// What a message comes to.
#[derive(Debug)]
pub enum Served {
    /// Messages to send back, in this order.
    Answers(Vec<Message>),
    /// Objects to deliver; the answers depend on how that goes.
    Deliver(Box<Delivery>),
}

/// Carries out a message. A failure of ours is an answer too; the error beside it is for the log.
pub fn serve(admitted: &Admitted, access: &Access, message: &Message) -> (Served, Option<StoreError>) {
    match answers(admitted, access, message) {
        Ok(served) => (served, None),
        Err(error) => {
            let what = "the archive failed; its log says why";
            let answer = response(message, status::PROCESSING_FAILURE, Some(what), None, None);
            (Served::Answers(vec![answer]), Some(error))
        }
    }
}

fn answers(admitted: &Admitted, access: &Access, message: &Message) -> Result<Served, StoreError> {
    let one = |answer| Ok(Served::Answers(vec![answer]));
    match (message.command.field(), service(&message.abstract_syntax)) {
        (Field::Echo, Some(Service::Verification)) => {
            access.note(event(access, "dicom.echo", None, outcome::OK, json!({})))?;
            one(response(message, status::SUCCESS, None, None, None))
        }
        (Field::Store, Some(Service::Storage)) => one(store(access, message)?),
        (Field::Find, Some(Service::Find(model))) => {
            let found = find(admitted, access, model, &message.dataset, &message.syntax);
            found_answers(access, message, found).map(Served::Answers)
        }
        (Field::Find, Some(Service::Worklist)) => {
            let found = find_worklist(access, &message.dataset, &message.syntax);
            found_answers(access, message, found).map(Served::Answers)
        }
        (Field::Move, Some(Service::Move(model))) => match plan(access, model, message)? {
            Ok(delivery) => Ok(Served::Deliver(Box::new(delivery))),
            Err(refusal) => one(refusal),
        },
        // What it would cancel is answered already.
        (Field::Cancel, _) => Ok(Served::Answers(Vec::new())),
        (field, _) => {
            let what = format!("operation {:#06x} is not served for this SOP class", field.number());
            let detail = json!({"sop_class": message.abstract_syntax, "what": what});
            access.note(event(access, "dicom.refused", None, "operation", detail))?;
            one(response(message, status::UNRECOGNIZED_OPERATION, Some(&what), None, None))
        }
    }
}

fn store(access: &Access, message: &Message) -> Result<Message, StoreError> {
    let (class, instance) =
        (message.command.text(Command::SOP_CLASS), message.command.text(Command::SOP_INSTANCE));
    let incoming = Incoming::Dataset {
        sop_class: &class,
        sop_instance: &instance,
        syntax: &message.syntax,
        dataset: &message.dataset,
    };
    let (code, what) = match keep(access, incoming) {
        Ok(_) => (status::SUCCESS, None),
        Err(KeepError::Store(error)) => return Err(error),
        Err(error @ KeepError::Unreadable(_)) => (status::CANNOT_UNDERSTAND, Some(error.to_string())),
        Err(error @ KeepError::Mismatch { .. }) => (status::DOES_NOT_MATCH, Some(error.to_string())),
        Err(error @ KeepError::Other(_)) => (status::ALREADY_OTHERWISE, Some(error.to_string())),
        Err(error @ KeepError::Full) => (status::OUT_OF_RESOURCES, Some(error.to_string())),
    };
    Ok(response(message, code, what.as_deref(), None, None))
}

fn found_answers(
    access: &Access,
    message: &Message,
    found: Result<Found, NotFound>,
) -> Result<Vec<Message>, StoreError> {
    let (code, word, what) = match found {
        Ok(Found { identifiers, is_cut }) => {
            let pending = |identifier| response(message, status::PENDING, None, None, Some(identifier));
            let mut answers: Vec<Message> = identifiers.into_iter().map(pending).collect();
            let last = if is_cut {
                let what = "there are more matches; ask for less at a time";
                response(message, status::OUT_OF_RESOURCES, Some(what), None, None)
            } else {
                response(message, status::SUCCESS, None, None, None)
            };
            answers.push(last);
            return Ok(answers);
        }
        Err(NotFound::Store(error)) => return Err(error),
        Err(NotFound::Unreadable(what)) => (status::CANNOT_UNDERSTAND, "unreadable", what),
        Err(NotFound::Unfit(what)) => (status::DOES_NOT_MATCH, "identifier", what),
    };
    access.note(event(access, "dicom.find", None, word, json!({"what": what})))?;
    Ok(vec![response(message, code, Some(&what), None, None)])
}
