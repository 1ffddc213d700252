use axum::response::Response;
use data_encoding::HEXLOWER;
use platform::sandboxes::{Entry, Filter};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use standards::fhir::instant;

use super::call::{Call, Caller};
use super::given;
use crate::live;
use crate::problem::Problem;
use crate::state::App;

/// Entries given at most at a time.
const LIMIT_MAX: usize = 1000;

/// Which entries to list.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Wanted {
    /// Kinds, separated by commas; `fhir.*` takes all that begin so.
    kind: Option<String>,
    /// Who did it.
    actor: Option<String>,
    /// The patient it is about, as `Patient/ID`.
    subject: Option<String>,
    /// `ok`, or one word for what went wrong.
    outcome: Option<String>,
    /// Only entries after this place.
    after: Option<i64>,
    /// At most so many, 1 to 1000; 100, if left out.
    limit: Option<usize>,
    /// Newest first instead of oldest first.
    newest: bool,
}

impl Wanted {
    fn filter(&self) -> Filter {
        let kinds = self.kind.iter().flat_map(|kinds| kinds.split(','));
        Filter {
            kinds: kinds.map(str::trim).filter(|kind| !kind.is_empty()).map(str::to_owned).collect(),
            actor: self.actor.clone(),
            subject: self.subject.clone(),
            outcome: self.outcome.clone(),
            after_seq: self.after.unwrap_or_default(),
            limit: self.limit.unwrap_or(100).clamp(1, LIMIT_MAX),
            newest_first: self.newest,
        }
    }
}

/// Something that happened in a sandbox.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct EntryView {
    /// Its place in the journal, from 1.
    seq: i64,
    /// The hospital's own time.
    virtual_time: String,
    /// The time of the machine.
    wall_time: String,
    actor: String,
    /// The system it came from.
    source: String,
    /// The system it went to.
    target: String,
    /// What it was, such as `fhir.update` or `sandbox.reset`.
    kind: String,
    /// The patient it is about, as `Patient/ID`.
    subject: Option<String>,
    /// `ok`, or one word for what went wrong.
    outcome: String,
    detail: Map<String, Value>,
    /// The hash of the entry before it, SHA-256 in lower-case hexadecimal.
    previous: String,
    /// The hash of this one.
    hash: String,
}

impl From<Entry> for EntryView {
    fn from(entry: Entry) -> Self {
        let Entry { seq, event, previous, hash } = entry;
        Self {
            seq,
            virtual_time: instant::format(event.virtual_us),
            wall_time: instant::format(event.wall_us),
            actor: event.actor,
            source: event.source,
            target: event.target,
            kind: event.kind,
            subject: event.subject,
            outcome: event.outcome,
            detail: event.detail.as_object().cloned().unwrap_or_default(),
            previous: HEXLOWER.encode(&previous),
            hash: HEXLOWER.encode(&hash),
        }
    }
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct EntryList {
    entries: Vec<EntryView>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Verified {
    /// Whether every entry follows from the one before it.
    sound: bool,
    /// The first that does not, and why.
    broken: Option<String>,
    /// Entries in the journal.
    entries: i64,
    /// The hash of the newest.
    head: String,
}

pub(super) fn list(call: &Call<'_>, wanted: &Wanted) -> Result<EntryList, Problem> {
    let entries = call.platform().journal(&call.enter(call.part("sandbox"))?, &wanted.filter())?;
    Ok(EntryList { entries: entries.into_iter().map(EntryView::from).collect() })
}

pub(super) fn verify(call: &Call<'_>) -> Result<Verified, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let broken = call.platform().journal_break(&access)?;
    let (entries, head) = access.sandbox().journal_head()?;
    Ok(Verified { sound: broken.is_none(), broken, entries, head: HEXLOWER.encode(&head) })
}

/// The same entries as events named `entry`, with their places as ids: those there are, then each as it is written.
/// The list has been asked for before, so the caller may enter and the parameters fit.
pub(super) fn follow(app: App, caller: &Caller) -> Response {
    let (Ok(who), Ok(wanted)) = (caller.signed_in(), given::query::<Wanted>(caller.query.as_deref())) else {
        return Problem::new(axum::http::StatusCode::BAD_REQUEST, "the parameters do not fit").into();
    };
    let mut filter = wanted.filter();
    filter.after_seq = caller.last_event().unwrap_or(filter.after_seq);
    live::journal(app, who.clone(), caller.part("sandbox").to_owned(), filter)
}
