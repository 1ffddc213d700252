use std::collections::BTreeMap;
use std::sync::Arc;

use channels::channel::{Connector, Respond};
use channels::{Outcome, Program, Received, State, process};
use serde_json::{Value, json};
use standards::hl7::message::Message;
use store::sandbox::Change;
use store::sandbox::channels::{ChannelMessage, ChannelVersion, NewChannelMessage, NewDelivery};

use super::alerts::{self, Grown};
use super::error::InterfaceError;
use super::names::{FAILED, RECEIVED, TAKEN};
use crate::access::{Access, outcome};
use crate::platform::Platform;

/// Where a message came from.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    /// The system that sent it, as the journal names it.
    pub system: String,
    /// What scripts see as `sourceMap`.
    pub source_map: BTreeMap<String, Value>,
    /// The message that this one is another try of.
    pub replay_of: Option<i64>,
}

/// What became of a message that was received. It is on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The message's place.
    pub message: i64,
    /// Its state at the source.
    pub state: State,
    /// What went wrong at the source: a sender is answered `AE` with this.
    pub error: Option<String>,
    /// When the sender is to be answered.
    pub respond: Respond,
}

/// Takes a message into a channel: through filters, transformers and scripts, and onto disk with what is to be sent.
///
/// A channel that answers before processing only stores it; [`process_received`] does the rest.
///
/// # Errors
/// When the channel does not exist or is not started, or the store fails. What goes wrong inside the channel is no error
/// here: it is stored with the message.
pub fn receive(
    platform: &Platform,
    access: &Access,
    channel: &str,
    raw: &[u8],
    origin: &Origin,
) -> Result<Receipt, InterfaceError> {
    let channels = [channel.to_owned()];
    take_in(platform, access, &channels, raw, origin, |_, receipts| {
        receipts.first().cloned().ok_or_else(|| InterfaceError::NoChannel(channel.to_owned()))
    })
}

/// Takes a message into several channels, and does what else belongs to it, in one transaction: all of it is on disk, or
/// nothing.
///
/// # Errors
/// As [`receive`], and whatever `and` says.
pub(crate) fn take_in<T>(
    platform: &Platform,
    access: &Access,
    channels: &[String],
    raw: &[u8],
    origin: &Origin,
    and: impl FnOnce(&mut Change<'_>, &[Receipt]) -> Result<T, InterfaceError>,
) -> Result<T, InterfaceError> {
    let taken = channels.iter().map(|channel| {
        let (program, version) = running(platform, access, channel)?;
        let read = read(platform, access, &program, &version, raw, origin);
        Ok((program, read))
    });
    let taken: Vec<(Arc<Program>, Read)> = taken.collect::<Result<_, InterfaceError>>()?;
    let mut told = BTreeMap::new();
    let done = access.change(RECEIVED, |change| {
        let mut receipts = Vec::with_capacity(taken.len());
        for (program, read) in &taken {
            let message = store_message(access, change, program, read, &origin.system)?;
            told.extend(alerts::raise(access, change, program, read.grown())?);
            let state = State::of_word(&read.message.state).unwrap_or(State::Error);
            let (error, respond) = (read.message.error.clone(), program.channel().source.respond);
            receipts.push(Receipt { message, state, error, respond });
        }
        and(change, &receipts)
    })?;
    access.tell(TAKEN);
    alerts::tell(access, &told);
    Ok(done)
}

/// The channels that take in what is sent to a system over MLLP: those that listen for it by name, or for any.
///
/// # Errors
/// When the store fails.
pub fn channels_listening(
    platform: &Platform,
    access: &Access,
    system: &str,
) -> Result<Vec<String>, InterfaceError> {
    let deployed = access.sandbox().view(|view| -> Result<Vec<ChannelVersion>, InterfaceError> {
        let started = view.deployments()?.into_iter().filter(|one| one.state == "STARTED");
        let versions = started.filter_map(|one| view.channel(&one.name, Some(one.number)).transpose());
        Ok(versions.collect::<Result<_, _>>()?)
    })?;
    let listens = |version: &ChannelVersion| {
        let program = platform.programs.get(&version.text, &platform.limits.channels).ok()?;
        match &program.channel().source.connector {
            Connector::TcpListener { system: None } => Some(true),
            Connector::TcpListener { system: Some(name) } => Some(name.eq_ignore_ascii_case(system)),
            _ => Some(false),
        }
    };
    let of = deployed.into_iter().filter(|version| listens(version) == Some(true));
    Ok(of.map(|version| version.name).collect())
}

/// Works on one message that was stored and answered before anybody looked at it; false when there is none.
///
/// # Errors
/// When the store fails.
pub fn process_received(platform: &Platform, access: &Access) -> Result<bool, InterfaceError> {
    let Some(stored) = access.sandbox().view(|view| view.next_received())? else { return Ok(false) };
    let found = access.sandbox().view(|view| view.channel(&stored.channel, Some(stored.number)))?;
    let version = found.ok_or_else(|| InterfaceError::NoChannel(stored.channel.clone()))?;
    let program =
        platform.programs.get(&version.text, &platform.limits.channels).map_err(InterfaceError::Problems)?;
    let maps: Value = serde_json::from_str(&stored.maps).unwrap_or_default();
    let source_map = serde_json::from_value(maps["source"].clone()).unwrap_or_default();
    let origin = Origin { system: String::new(), source_map, replay_of: stored.replay_of };
    let mut read = taken_through(platform, access, &program, &stored.raw, &origin);
    read.message =
        ChannelMessage { id: stored.id, channel: stored.channel, number: stored.number, ..read.message };
    let mut told = BTreeMap::new();
    access.change(RECEIVED, |change| {
        change.settle_channel_message(&NewChannelMessage {
            message: read.message.clone(),
            deliveries: &read.deliveries,
        })?;
        note_failures(access, change, &read, stored.id)?;
        told = alerts::raise(access, change, &program, read.grown())?;
        Ok::<_, InterfaceError>(())
    })?;
    alerts::tell(access, &told);
    Ok(true)
}

/// The channel that runs under a name.
pub(super) fn running(
    platform: &Platform,
    access: &Access,
    name: &str,
) -> Result<(Arc<Program>, ChannelVersion), InterfaceError> {
    let version = access.sandbox().view(|view| -> Result<ChannelVersion, InterfaceError> {
        let not_started =
            |state: &str| InterfaceError::NotStarted { name: name.to_owned(), state: state.to_owned() };
        let Some(deployment) = view.deployment(name)? else {
            let known = view.channel(name, None)?.is_some();
            return Err(if known {
                not_started("not deployed")
            } else {
                InterfaceError::NoChannel(name.to_owned())
            });
        };
        if deployment.state != "STARTED" {
            return Err(not_started(&deployment.state.to_lowercase()));
        }
        let version = view.channel(name, Some(deployment.number))?;
        version.ok_or_else(|| InterfaceError::NoVersion { name: name.to_owned(), number: deployment.number })
    })?;
    let program =
        platform.programs.get(&version.text, &platform.limits.channels).map_err(InterfaceError::Problems)?;
    Ok((program, version))
}

/// A message as it is to be stored.
pub(super) struct Read {
    pub(super) message: ChannelMessage,
    pub(super) deliveries: Vec<NewDelivery>,
    /// What went wrong, each with its place.
    failures: Vec<String>,
}

impl Read {
    /// What this message adds to.
    pub(super) fn grown(&self) -> Grown {
        let waits = |one: &NewDelivery| State::of_word(&one.state).is_some_and(channels::queue::is_waiting);
        Grown { queue: self.deliveries.iter().any(waits), errors: !self.failures.is_empty() }
    }
}

/// A message taken through the channel, or only taken down where the sender is answered first.
pub(super) fn read(
    platform: &Platform,
    access: &Access,
    program: &Program,
    version: &ChannelVersion,
    raw: &[u8],
    origin: &Origin,
) -> Read {
    let mut read = match program.channel().source.respond {
        Respond::BeforeProcessing => taken_down(access, raw, origin),
        _ => taken_through(platform, access, program, raw, origin),
    };
    read.message.channel.clone_from(&version.name);
    read.message.number = version.number;
    read
}

fn taken_down(access: &Access, raw: &[u8], origin: &Origin) -> Read {
    let (kind, control_id) = named(raw);
    let message = ChannelMessage {
        id: 0,
        channel: String::new(),
        number: 0,
        received_us: access.virtual_us(),
        state: State::Received.word().to_owned(),
        kind,
        control_id,
        raw: raw.to_vec(),
        transformed: None,
        error: None,
        maps: json!({"source": origin.source_map, "channel": {}}).to_string(),
        logs: "[]".to_owned(),
        replay_of: origin.replay_of,
    };
    Read { message, deliveries: Vec::new(), failures: Vec::new() }
}

fn taken_through(
    platform: &Platform,
    access: &Access,
    program: &Program,
    raw: &[u8],
    origin: &Origin,
) -> Read {
    // The same message gives the same result again, so chance comes from its bytes.
    let seed = raw.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let received = Received { raw, source_map: origin.source_map.clone(), now_us: access.virtual_us(), seed };
    let outcome = process(program, &received, &platform.limits.channels);
    let failures = outcome.troubles().map(ToString::to_string).collect();
    let deliveries = deliveries(access, &outcome);
    let Outcome { source, logs, logs_dropped, maps, .. } = outcome;
    let mut logs = serde_json::to_value(logs).unwrap_or_default();
    if logs_dropped > 0
        && let Some(logs) = logs.as_array_mut()
    {
        logs.push(json!({"level": "warn", "text": format!("{logs_dropped} more lines were dropped")}));
    }
    let message = ChannelMessage {
        state: source.state.word().to_owned(),
        transformed: source.transformed.map(|payload| payload.bytes),
        error: source.trouble.map(|trouble| trouble.to_string()),
        maps: serde_json::to_string(&maps).unwrap_or_default(),
        logs: logs.to_string(),
        ..taken_down(access, raw, origin).message
    };
    Read { message, deliveries, failures }
}

fn deliveries(access: &Access, outcome: &Outcome) -> Vec<NewDelivery> {
    let of = outcome.destinations.iter().map(|one| NewDelivery {
        destination: one.name.clone(),
        state: one.state.word().to_owned(),
        payload: one.payload.as_ref().map(|payload| payload.bytes.clone()),
        error: one.trouble.as_ref().map(ToString::to_string),
        due_us: access.virtual_us(),
    });
    of.collect()
}

/// MSH-9 and MSH-10.
fn named(raw: &[u8]) -> (String, String) {
    Message::parse(raw).map(|message| (message.kind(), message.control_id())).unwrap_or_default()
}

/// Stores a message with the journal entries about it.
pub(super) fn store_message(
    access: &Access,
    change: &mut Change<'_>,
    program: &Program,
    read: &Read,
    system: &str,
) -> Result<i64, InterfaceError> {
    let new = NewChannelMessage { message: read.message.clone(), deliveries: &read.deliveries };
    let id = change.add_channel_message(&new)?;
    let ChannelMessage { channel, state, kind, control_id, replay_of, .. } = &read.message;
    let detail = json!({
        "channel": channel, "message": id, "state": state, "event": kind, "control_id": control_id, "replay_of": replay_of,
    });
    let mut event = access.event(RECEIVED, None, outcome::OK, detail);
    event.target = program.channel().source.connector.target().unwrap_or("interface engine").to_owned();
    if !system.is_empty() {
        system.clone_into(&mut event.source);
    }
    change.note(&event)?;
    note_failures(access, change, read, id)?;
    Ok(id)
}

fn note_failures(
    access: &Access,
    change: &mut Change<'_>,
    read: &Read,
    id: i64,
) -> Result<(), InterfaceError> {
    for what in &read.failures {
        let detail = json!({"channel": read.message.channel, "message": id, "what": what});
        change.note(&access.event(FAILED, None, "error", detail))?;
    }
    Ok(())
}
