use std::collections::BTreeMap;

use channels::channel::{Connector, Destination, Queue, QueueMode};
use channels::queue::{Next, after_failure};
use channels::{Program, State};
use serde_json::{Value, json};
use store::sandbox::channels::{Delivery, Due};

use super::alerts::{self, Grown};
use super::error::InterfaceError;
use super::names::{FAILED, RECEIVED, SENT};
use super::receive::{Origin, read, running, store_message};
use crate::access::{Access, outcome};
use crate::fhir::{Answer, Context, Give, Interaction, perform};
use crate::platform::Platform;

/// What is to be sent, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// The system at the other end.
    pub system: String,
    /// The channel that sends it.
    pub channel: String,
    /// The destination within it.
    pub destination: String,
    /// The message.
    pub message: i64,
    /// The bytes.
    pub payload: Vec<u8>,
}

/// Why something was not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendError {
    /// What the other side said, or why it could not be reached.
    pub what: String,
    /// Whether the same bytes would be refused again (`AR`, a FHIR refusal).
    pub for_good: bool,
    /// Its answer, if it gave one.
    pub response: Option<Vec<u8>>,
}

/// Whoever can reach the other systems with HL7 v2.
pub trait Sender {
    /// Sends a parcel and waits for the answer. An `AA` or `CA` is success, with the answer's bytes.
    ///
    /// # Errors
    /// [`SendError`] where it was not accepted.
    fn send(&self, access: &Access, parcel: &Parcel) -> Result<Vec<u8>, SendError>;
}

/// What an attempt came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    /// The message.
    pub message: i64,
    /// The channel.
    pub channel: String,
    /// The destination.
    pub destination: String,
    /// `SENT`, `QUEUED` or `ERROR`.
    pub state: State,
    /// Why it was not accepted.
    pub error: Option<String>,
}

/// Sends what is due next, once; nothing when nothing is due. `base_url` is the address of the hospital's FHIR service.
///
/// # Errors
/// When the store fails. That the other side does not accept is no error here: it is stored with the delivery.
pub fn deliver_due(
    platform: &Platform,
    access: &Access,
    base_url: &str,
    sender: &dyn Sender,
) -> Result<Option<Delivered>, InterfaceError> {
    let due = access.sandbox().view(|view| view.next_delivery())?;
    let Some(Due { delivery, number }) = due.filter(|due| due.delivery.due_us <= access.virtual_us()) else {
        return Ok(None);
    };
    let found = access.sandbox().view(|view| view.channel(&delivery.channel, Some(number)))?;
    let version = found.ok_or_else(|| InterfaceError::NoChannel(delivery.channel.clone()))?;
    let program =
        platform.programs.get(&version.text, &platform.limits.channels).map_err(InterfaceError::Problems)?;
    let named = |one: &&Destination| one.name == delivery.destination;
    let destination = program.channel().destinations.iter().find(named);
    let Some(destination) = destination else {
        let gone = SendError {
            what: "the channel has no such destination".to_owned(),
            for_good: true,
            response: None,
        };
        let never = Queue { mode: QueueMode::Never, retry_interval_s: 1, attempts_max: 1 };
        return settle(access, &program, &never, "", delivery, Err(gone)).map(Some);
    };
    let payload = delivery.payload.clone().unwrap_or_default();
    let target = destination.connector.target().unwrap_or_default().to_owned();
    let sent = match &destination.connector {
        Connector::ChannelWriter { channel } => {
            return write_to_channel(platform, access, &program, destination, channel, delivery).map(Some);
        }
        Connector::FhirSender { .. } => send_fhir(platform, access, base_url, &payload),
        _ => sender.send(
            access,
            &Parcel {
                system: target.clone(),
                channel: delivery.channel.clone(),
                destination: delivery.destination.clone(),
                message: delivery.message,
                payload,
            },
        ),
    };
    settle(access, &program, &destination.queue, &target, delivery, sent).map(Some)
}

/// Keeps what came of an attempt, with the journal entry about it.
fn settle(
    access: &Access,
    program: &Program,
    queue: &Queue,
    target: &str,
    delivery: Delivery,
    sent: Result<Vec<u8>, SendError>,
) -> Result<Delivered, InterfaceError> {
    let (next, error) = after_attempt(access, queue, delivery, sent);
    let (kind, word) = match error {
        None => (SENT, outcome::OK),
        Some(_) => (FAILED, "error"),
    };
    let mut told_alerts = BTreeMap::new();
    access.change(kind, |change| {
        change.settle_delivery(&next)?;
        change.note(&entry(access, kind, word, target, &next))?;
        let errors = next.state == State::Error.word();
        told_alerts = alerts::raise(access, change, program, Grown { queue: false, errors })?;
        Ok::<_, InterfaceError>(())
    })?;
    alerts::tell(access, &told_alerts);
    Ok(told(&next))
}

fn after_attempt(
    access: &Access,
    queue: &Queue,
    delivery: Delivery,
    sent: Result<Vec<u8>, SendError>,
) -> (Delivery, Option<String>) {
    let now_us = access.virtual_us();
    let attempts = delivery.attempts + 1;
    let tried = Delivery { attempts, ..delivery };
    match sent {
        Ok(response) => {
            let state = State::Sent.word().to_owned();
            let response = Some(response);
            (Delivery { state, settled_us: Some(now_us), response, error: None, ..tried }, None)
        }
        Err(SendError { what, for_good, response }) => {
            let error = Some(what.clone());
            let next = match after_failure(queue, attempts, for_good) {
                Next::Retry { wait_us } => {
                    let state = State::Queued.word().to_owned();
                    Delivery { state, due_us: now_us + wait_us, response, error, ..tried }
                }
                Next::DeadLetter => {
                    let state = State::Error.word().to_owned();
                    Delivery { state, settled_us: Some(now_us), response, error, ..tried }
                }
            };
            (next, Some(what))
        }
    }
}

fn entry(
    access: &Access,
    kind: &str,
    word: &str,
    target: &str,
    delivery: &Delivery,
) -> store::journal::NewEntry {
    let detail = json!({
        "channel": delivery.channel, "destination": delivery.destination, "message": delivery.message,
        "state": delivery.state, "attempt": delivery.attempts, "what": delivery.error,
    });
    let mut event = access.event(kind, None, word, detail);
    "interface engine".clone_into(&mut event.source);
    target.clone_into(&mut event.target);
    event
}

fn told(delivery: &Delivery) -> Delivered {
    Delivered {
        message: delivery.message,
        channel: delivery.channel.clone(),
        destination: delivery.destination.clone(),
        state: State::of_word(&delivery.state).unwrap_or(State::Error),
        error: delivery.error.clone(),
    }
}

/// A Bundle as a transaction, another resource as an update or create.
fn send_fhir(
    platform: &Platform,
    access: &Access,
    base_url: &str,
    payload: &[u8],
) -> Result<Vec<u8>, SendError> {
    let refused = |what: String| SendError { what, for_good: true, response: None };
    let access = access.acting_as("interface engine", "interface engine");
    let context =
        Context { access: &access, base_url, entropy: platform.entropy(), limits: &platform.limits().json };
    let resource: Value =
        serde_json::from_slice(payload).map_err(|error| refused(format!("this is not JSON: {error}")))?;
    let kind = resource["resourceType"].as_str().unwrap_or_default();
    let interaction = match (kind, resource["id"].as_str()) {
        ("Bundle", _) => Interaction::Bundle { body: payload, give: Give::Minimal },
        (kind, Some(id)) => Interaction::Update { kind, id, body: payload, if_match: None },
        (kind, None) => Interaction::Create { kind, body: payload, if_none_exist: None },
    };
    match perform(&context, &interaction) {
        Ok(Answer::Made(body) | Answer::Content { body, .. }) => Ok(body),
        Ok(
            Answer::Created(stored)
            | Answer::Updated(stored)
            | Answer::NotModified(stored)
            | Answer::Resource(stored),
        ) => Ok(stored.body),
        Ok(Answer::Deleted(_)) => Ok(Vec::new()),
        Err(error) => Err(refused(error.to_string())),
    }
}

/// Hands a message to another channel: both are kept in one transaction, so that it is neither lost nor there twice.
fn write_to_channel(
    platform: &Platform,
    access: &Access,
    program: &Program,
    destination: &Destination,
    channel: &str,
    delivery: Delivery,
) -> Result<Delivered, InterfaceError> {
    let hops = access.sandbox().view(|view| view.channel_message(delivery.message))?.map_or(0, |message| {
        let maps: Value = serde_json::from_str(&message.maps).unwrap_or_default();
        maps["source"]["hops"].as_u64().unwrap_or(0)
    });
    let origin = Origin {
        system: delivery.channel.clone(),
        source_map: [
            ("hops".to_owned(), json!(hops + 1)),
            ("sourceChannel".to_owned(), json!(delivery.channel)),
            ("sourceMessage".to_owned(), json!(delivery.message)),
        ]
        .into(),
        replay_of: None,
    };
    let (next_program, version) = match running(platform, access, channel) {
        Ok(found) => found,
        Err(InterfaceError::Store(error)) => return Err(error.into()),
        Err(error) => {
            let failed = SendError { what: error.to_string(), for_good: false, response: None };
            return settle(access, program, &destination.queue, channel, delivery, Err(failed));
        }
    };
    let payload = delivery.payload.clone().unwrap_or_default();
    let read = read(platform, access, &next_program, &version, &payload, &origin);
    access.change(RECEIVED, |change| {
        let id = store_message(access, change, &next_program, &read, &origin.system)?;
        let (next, _) =
            after_attempt(access, &destination.queue, delivery, Ok(format!("message {id}").into_bytes()));
        change.settle_delivery(&next)?;
        change.note(&entry(access, SENT, outcome::OK, channel, &next))?;
        alerts::raise(access, change, &next_program, read.grown())?;
        Ok::<_, InterfaceError>(told(&next))
    })
}
