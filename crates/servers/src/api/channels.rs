//! The interface engine: channels, their versions and their messages.

use axum::http::StatusCode;
use platform::engine::{
    self, ChannelVersion, ChannelView, Delivered, MessageQuery, MessageView, Origin, Receipt, ReplayOf,
    SaveChannel, StateChange,
};
use platform::messages::Systems;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use standards::fhir::instant;
use standards::hl7::message::Path;

use super::call::Call;
use super::given::Nothing;
use super::sandboxes::fhir;
use crate::problem::Problem;

/// Messages on one page.
const PAGE: usize = 50;
/// Attempts that one request makes at most.
const ATTEMPTS_MAX: usize = 100;

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ChannelList {
    channels: Vec<ChannelView>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewChannel {
    /// The channel file: TOML.
    text: String,
    /// Why it was changed.
    #[serde(default)]
    note: String,
    /// Whether it runs from now on; it does, if left out.
    deploy: Option<bool>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Saved {
    name: String,
    version: u64,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WhichVersion {
    /// A version's number; the newest, if left out.
    version: Option<u64>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct WholeChannel {
    #[serde(flatten)]
    channel: ChannelView,
    /// The version shown.
    shown: u64,
    /// The channel file: the same bytes that were saved.
    text: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct VersionView {
    version: u64,
    author: String,
    note: String,
    saved: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct VersionList {
    /// Newest first.
    versions: Vec<VersionView>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TwoVersions {
    /// The older version; 0 for nothing, and the one before the newer, if left out.
    old: Option<u64>,
    /// The newer version; the newest, if left out.
    new: Option<u64>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewState {
    /// What to do with it.
    act: StateChange,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RollBack {
    /// The version that becomes the newest again.
    version: u64,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewMessage {
    /// The message as text. Lines may end with LF; HL7 v2 wants CR, so they are made CR.
    raw: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ReceiptView {
    message: i64,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Find {
    /// Of this channel.
    channel: Option<String>,
    /// In this state, at the source or at a destination.
    state: Option<String>,
    /// With this text in what came or was sent.
    text: Option<String>,
    /// Of this kind: `ADT` or `ADT^A01`.
    kind: Option<String>,
    /// With this field, such as `PID-3.1`, …
    field: Option<String>,
    /// … of this value.
    value: Option<String>,
    /// Received at this instant or later, in the hospital's time.
    from: Option<String>,
    /// Received before this instant.
    to: Option<String>,
    /// Before this message: where an earlier page ended.
    before: Option<i64>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct DeliveryView {
    destination: String,
    state: String,
    attempts: u32,
    /// When it is tried next, while it waits.
    due: String,
    /// What is sent.
    payload: Option<String>,
    /// What the other side answered last.
    response: Option<String>,
    error: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct MessageItem {
    message: i64,
    channel: String,
    /// The version of the channel it was taken through.
    version: u64,
    received: String,
    state: String,
    kind: String,
    control_id: String,
    replay_of: Option<i64>,
    error: Option<String>,
    raw: String,
    transformed: Option<String>,
    maps: Value,
    logs: Value,
    deliveries: Vec<DeliveryView>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct MessageList {
    /// Newest first.
    messages: Vec<MessageItem>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Attempt {
    message: i64,
    channel: String,
    destination: String,
    state: &'static str,
    error: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Attempts {
    attempts: Vec<Attempt>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Retried {
    /// Deliveries that wait again.
    queued: usize,
}

pub(super) fn list(call: &Call<'_>) -> Result<ChannelList, Problem> {
    Ok(ChannelList { channels: engine::channels(&call.enter(call.part("id"))?)? })
}

pub(super) fn add(call: &Call<'_>, given: &NewChannel) -> Result<Saved, Problem> {
    save(call, None, given)
}

pub(super) fn change(call: &Call<'_>, given: &NewChannel) -> Result<Saved, Problem> {
    save(call, Some(call.part("channel")), given)
}

fn save(call: &Call<'_>, name: Option<&str>, given: &NewChannel) -> Result<Saved, Problem> {
    let save =
        SaveChannel { name, text: &given.text, note: &given.note, deploy: given.deploy.unwrap_or(true) };
    let version = engine::save_channel(call.platform(), &call.enter(call.part("id"))?, &save)?;
    Ok(Saved { name: version.name, version: version.number })
}

pub(super) fn read(call: &Call<'_>, which: &WhichVersion) -> Result<WholeChannel, Problem> {
    let access = call.enter(call.part("id"))?;
    let (channel, version) = engine::channel(&access, call.part("channel"), which.version)?;
    Ok(WholeChannel { channel, shown: version.number, text: version.text })
}

pub(super) fn versions(call: &Call<'_>) -> Result<VersionList, Problem> {
    let versions = engine::channel_versions(&call.enter(call.part("id"))?, call.part("channel"))?;
    let view = |version: ChannelVersion| VersionView {
        version: version.number,
        author: version.author,
        note: version.note,
        saved: instant::format(version.saved_us),
    };
    Ok(VersionList { versions: versions.into_iter().map(view).collect() })
}

/// Settings and lines that differ, each as an object.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct DiffView {
    /// `{path, old, new}` for each setting.
    settings: Vec<Value>,
    /// `{kind, text}` for each line; `kind` is same, removed or added.
    lines: Vec<Value>,
}

pub(super) fn diff(call: &Call<'_>, given: &TwoVersions) -> Result<DiffView, Problem> {
    let access = call.enter(call.part("id"))?;
    let name = call.part("channel");
    let new = match given.new {
        Some(new) => new,
        None => engine::channel(&access, name, None)?.1.number,
    };
    let diff = engine::channel_diff(&access, name, given.old.unwrap_or(new.saturating_sub(1)), new)?;
    Ok(DiffView {
        settings: diff.settings.iter().map(|one| json!(one)).collect(),
        lines: diff.lines.iter().map(|one| json!(one)).collect(),
    })
}

pub(super) fn state(call: &Call<'_>, given: &NewState) -> Result<ChannelView, Problem> {
    let access = call.enter(call.part("id"))?;
    engine::set_state(&access, call.part("channel"), given.act)?;
    Ok(engine::channel(&access, call.part("channel"), None)?.0)
}

pub(super) fn roll_back(call: &Call<'_>, given: &RollBack) -> Result<Saved, Problem> {
    let access = call.enter(call.part("id"))?;
    let version = engine::roll_back(call.platform(), &access, call.part("channel"), given.version)?;
    Ok(Saved { name: version.name, version: version.number })
}

pub(super) fn send(call: &Call<'_>, given: &NewMessage) -> Result<ReceiptView, Problem> {
    let access = call.enter(call.part("id"))?;
    let raw = if given.raw.starts_with("MSH") {
        given.raw.replace("\r\n", "\r").replace('\n', "\r")
    } else {
        given.raw.clone()
    };
    let origin = Origin { system: access.actor().to_owned(), ..Origin::default() };
    let receipt = engine::receive(call.platform(), &access, call.part("channel"), raw.as_bytes(), &origin)?;
    Ok(receipt_view(receipt))
}

fn receipt_view(receipt: Receipt) -> ReceiptView {
    ReceiptView { message: receipt.message, state: receipt.state.word(), error: receipt.error }
}

pub(super) fn find(call: &Call<'_>, find: &Find) -> Result<MessageList, Problem> {
    let access = call.enter(call.part("id"))?;
    let unfit = |what: String| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, what);
    let moment = |text: &Option<String>| match text {
        None => Ok(None),
        Some(text) => instant::parse(text)
            .map(Some)
            .ok_or_else(|| unfit(format!("'{text}' is no instant such as 2026-03-01T09:30:00Z"))),
    };
    let path: Option<Path> = find
        .field
        .as_deref()
        .map(str::parse)
        .transpose()
        .map_err(|error: standards::hl7::message::PathError| unfit(error.to_string()))?;
    let value = find.value.as_deref().unwrap_or_default();
    let query = MessageQuery {
        channel: find.channel.clone(),
        state: find.state.clone(),
        text: find.text.clone(),
        kind: find.kind.clone(),
        from_us: moment(&find.from)?,
        to_us: moment(&find.to)?,
        before: find.before,
        limit: PAGE,
    };
    let found = engine::find_messages(&access, &query, path.as_ref().map(|path| (path, value)))?;
    Ok(MessageList { messages: found.into_iter().map(item).collect() })
}

pub(super) fn read_message(call: &Call<'_>) -> Result<MessageItem, Problem> {
    Ok(item(engine::message(&call.enter(call.part("id"))?, number(call, "message")?)?))
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Other {
    /// The message it is compared with; the one it is a replay of, if left out.
    with: Option<i64>,
}

/// The places at which two messages differ.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct MessageDiff {
    /// `{path, old, new}` for each.
    differences: Vec<Value>,
}

pub(super) fn compare(call: &Call<'_>, other: &Other) -> Result<MessageDiff, Problem> {
    let access = call.enter(call.part("id"))?;
    let message = number(call, "message")?;
    let with = match other.with {
        Some(with) => with,
        None => engine::message(&access, message)?.message.replay_of.unwrap_or(message),
    };
    let differences = engine::message_diff(&access, with, message)?;
    Ok(MessageDiff { differences: differences.iter().map(|one| json!(one)).collect() })
}

pub(super) fn replay(call: &Call<'_>, _: &Nothing) -> Result<ReceiptView, Problem> {
    let of = ReplayOf { message: number(call, "message")? };
    Ok(receipt_view(engine::replay(call.platform(), &call.enter(call.part("id"))?, of)?))
}

pub(super) fn retry(call: &Call<'_>, _: &Nothing) -> Result<Retried, Problem> {
    Ok(Retried { queued: engine::retry(&call.enter(call.part("id"))?, number(call, "message")?)? })
}

pub(super) fn deliver(call: &Call<'_>, _: &Nothing) -> Result<Attempts, Problem> {
    let access = call.enter(call.part("id"))?;
    let base_url = fhir(call, call.part("id"));
    while engine::process_received(call.platform(), &access)? {}
    let mut attempts = Vec::new();
    while attempts.len() < ATTEMPTS_MAX {
        let Some(done) = engine::deliver_due(call.platform(), &access, &base_url, &Systems(call.platform()))?
        else {
            break;
        };
        let Delivered { message, channel, destination, state, error } = done;
        attempts.push(Attempt { message, channel, destination, state: state.word(), error });
    }
    Ok(Attempts { attempts })
}

fn number(call: &Call<'_>, part: &str) -> Result<i64, Problem> {
    let text = call.part(part);
    text.parse()
        .map_err(|_| Problem::new(StatusCode::NOT_FOUND, format!("'{text}' is no number of a message")))
}

fn item(view: MessageView) -> MessageItem {
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    let MessageView { message, deliveries } = view;
    MessageItem {
        message: message.id,
        channel: message.channel,
        version: message.number,
        received: instant::format(message.received_us),
        state: message.state,
        kind: message.kind,
        control_id: message.control_id,
        replay_of: message.replay_of,
        error: message.error,
        raw: text(message.raw),
        transformed: message.transformed.map(text),
        maps: serde_json::from_str(&message.maps).unwrap_or_default(),
        logs: serde_json::from_str(&message.logs).unwrap_or_default(),
        deliveries: deliveries
            .into_iter()
            .map(|one| DeliveryView {
                destination: one.destination,
                state: one.state,
                attempts: one.attempts,
                due: instant::format(one.due_us),
                payload: one.payload.map(text),
                response: one.response.map(text),
                error: one.error,
            })
            .collect(),
    }
}
