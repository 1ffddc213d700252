use serde::Serialize;
use serde_json::json;
use store::StoreError;
use store::sandbox::systems::Message;

use super::way::Way;
use crate::access::{Access, outcome};
use crate::ehr::roles::working;

/// Messages shown of one interface.
const SHOWN_MAX: usize = 100;

/// A message as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MessageView {
    /// Its place.
    pub seq: i64,
    /// MSH-10.
    pub control_id: String,
    /// Type and trigger.
    pub event: String,
    /// The id of the patient it is about.
    pub patient: Option<String>,
    /// `waiting`, `delivered`, `handed`, `refused` or `lost`.
    pub state: &'static str,
    /// How often its delivery was tried.
    pub attempts: u32,
    /// When it was queued, virtual microseconds since 1970 UTC.
    pub queued_us: i64,
    /// When it is tried next, if it waits.
    pub due_us: i64,
    /// When it was delivered or given up.
    pub settled_us: Option<i64>,
    /// Its segments, one a line; none where the role worked as may open no chart.
    pub text: Option<String>,
    /// The acknowledgement, one segment a line; it may name the patient, so it is shown or not as the text is.
    pub answer: Option<String>,
}

/// The newest messages of an interface, newest first. Who looks is journalled.
///
/// # Errors
/// When the store fails.
pub fn messages(access: &Access, interface: &str) -> Result<Vec<MessageView>, StoreError> {
    let messages = access.sandbox().view(|view| view.messages(interface, SHOWN_MAX))?;
    let readable = working(access)?.may("chart.view");
    let detail = json!({"interface": interface, "messages": messages.len(), "readable": readable});
    access.note(access.event("hl7.viewed", None, outcome::OK, detail))?;
    Ok(messages.into_iter().map(|message| view_of(message, readable)).collect())
}

/// The messages that a system has accepted, as bytes, oldest first.
///
/// # Errors
/// When the store fails.
pub(crate) fn accepted(access: &Access, system: &str) -> Result<Vec<Vec<u8>>, StoreError> {
    access.sandbox().view(|view| {
        let carried = view.traffic()?;
        let to = carried.iter().map(|one| one.interface.as_str());
        let to = to.filter(|interface| Way::named(interface).is_some_and(|way| way.system.id == system));
        view.messages_delivered(&to.collect::<Vec<&str>>())
    })
}

fn view_of(message: Message, readable: bool) -> MessageView {
    let subject = message.subject.as_deref();
    MessageView {
        seq: message.seq,
        patient: subject.and_then(|subject| subject.strip_prefix("Patient/")).map(str::to_owned),
        state: message.state.word(),
        attempts: message.attempts,
        queued_us: message.queued_us,
        due_us: message.due_us,
        settled_us: message.settled_us,
        text: readable.then(|| lines(&message.body)),
        answer: message.answer.as_deref().filter(|_| readable).map(lines),
        control_id: message.control_id,
        event: message.event,
    }
}

fn lines(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end_matches('\r').replace('\r', "\n")
}
