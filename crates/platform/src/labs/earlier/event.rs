use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use store::StoreError;

/// Minutes that earlier events may lie back.
pub(super) const BACK_MAX: i64 = 3 * 24 * 60;
/// And those that nothing else in the house moves by: accounts, apps, and looks into charts.
pub(super) const QUIET_BACK_MAX: i64 = 120 * 24 * 60;

/// The parameters of `do = "earlier-events"`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Earlier {
    pub(super) event: Vec<Event>,
    #[serde(rename = "do")]
    _do: Value,
    #[serde(rename = "at")]
    _at: Option<Value>,
    #[serde(rename = "layer")]
    _layer: Option<Value>,
}

/// One thing that happened.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Event {
    pub(super) minutes_ago: i64,
    /// What the truth calls it, and later events as `@NAME`.
    pub(super) name: Option<String>,
    /// Who did it.
    pub(super) by: Option<String>,
    /// A command of the chart, with its form.
    pub(super) command: Option<String>,
    pub(super) with: Option<Value>,
    /// A message that a system sent.
    pub(super) send: Option<Send>,
    /// A device that was let into the archive, by its AE title.
    pub(super) let_in: Option<String>,
    /// A picture that a device sent.
    pub(super) picture: Option<Picture>,
    /// A channel that was saved and deployed: its file.
    pub(super) channel: Option<String>,
    /// A message that came to a channel.
    pub(super) receive: Option<Receive>,
    /// An interface that somebody stopped.
    pub(super) stop: Option<String>,
    /// A fault of layer `wire`, `access` or `platform` that began.
    pub(super) fault: Option<Value>,
    /// Somebody who was given an account.
    pub(super) account: Option<Account>,
    /// An app that was registered: its metadata (RFC 7591).
    pub(super) app: Option<Value>,
    /// A FHIR address that somebody read: `Patient/ID`, or `Observation?patient=ID`.
    pub(super) look: Option<String>,
}

impl Event {
    pub(super) fn is_quiet(&self) -> bool {
        self.account.is_some() || self.app.is_some() || self.look.is_some()
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Account {
    pub(super) login: String,
    pub(super) name: String,
    pub(super) role: String,
    /// Who they are in the records, as `Practitioner/ID`.
    pub(super) practitioner: Option<String>,
    /// Whether sign-in asks for a second factor.
    #[serde(default)]
    pub(super) second_factor: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Send {
    pub(super) from: String,
    pub(super) event: String,
    /// The segments after MSH, one a line.
    pub(super) segments: String,
    /// The id of the patient it is about.
    pub(super) patient: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Receive {
    pub(super) channel: String,
    /// The message, one segment a line.
    pub(super) message: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Picture {
    /// The AE title the device called under.
    pub(super) calling: String,
    /// What the device wrote into it: the fields of a script's `store`.
    #[serde(rename = "store")]
    pub(super) fields: BTreeMap<String, String>,
}

/// Why something cannot have happened.
#[derive(Debug, thiserror::Error)]
pub(in crate::labs) enum EarlierError {
    #[error("the earlier events cannot be read: {0}")]
    Shape(#[from] serde_json::Error),
    #[error("event {0}: {1}")]
    Event(usize, String),
    #[error(transparent)]
    Store(#[from] StoreError),
}
