//! Bringing chosen records back to what they were at a moment. Nothing is taken out of the history: what was there before
//! becomes the newest version, and the bad one stays where an auditor finds it.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use standards::fhir::instant;
use store::journal::Filter;
use store::sandbox::{HistoryQuery, Stored, View};

use super::error::ResponseError;
use crate::access::{Access, outcome};
use crate::fhir::{Context, Interaction, perform};
use crate::platform::Platform;

/// Records brought back at a time.
const RECORDS_MAX: usize = 500;

/// Which records are to be brought back, and to when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Restore {
    /// The moment, microseconds since 1970 UTC on the hospital's clock.
    pub as_of_us: i64,
    /// Those that this account changed after that moment.
    pub changed_by: Option<String>,
    /// These, as `Type/ID`.
    pub records: Vec<String>,
    /// Only say what would be done.
    pub only_look: bool,
}

/// What was brought back, or would be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Restored {
    /// Records that are, or would be, as they were.
    pub restored: Vec<String>,
    /// Of them, those that somebody else changed after the moment too: that change would go.
    pub also_changed_by_others: Vec<String>,
    /// Records that were not there at that moment, and stay as they are.
    pub not_there: Vec<String>,
}

/// Brings records back.
///
/// # Errors
/// When nothing is chosen, too much is, or the moment lies ahead or before anything the hospital knows.
pub fn restore(platform: &Platform, access: &Access, asked: &Restore) -> Result<Restored, ResponseError> {
    let wrong = |what: &str| Err(ResponseError::Invalid(what.to_owned()));
    if asked.as_of_us >= access.virtual_us() {
        return wrong("as_of: a moment that has passed, by the hospital's clock");
    }
    let writes = writes_since(access, asked.as_of_us)?;
    let mut chosen: BTreeSet<String> = asked.records.iter().cloned().collect();
    if let Some(login) = &asked.changed_by {
        chosen.extend(writes.iter().filter(|(by, _)| by == login).map(|(_, at)| at.clone()));
    }
    if chosen.is_empty() {
        return wrong("choose records, or an account that changed some after that moment");
    }
    if chosen.len() > RECORDS_MAX {
        return Err(ResponseError::Invalid(format!(
            "{} records are too many at a time; choose at most {RECORDS_MAX}",
            chosen.len()
        )));
    }
    let mut done = Restored::default();
    for at in chosen {
        let Some((kind, id)) = at.split_once('/') else {
            return Err(ResponseError::Invalid(format!("'{at}' is no record; write Type/ID")));
        };
        let before = access.sandbox().view(|view| as_of(view, kind, id, asked.as_of_us))?;
        let Some(before) = before.filter(|before| !before.deleted) else {
            done.not_there.push(at);
            continue;
        };
        if !asked.only_look {
            put_back(platform, access, &before)?;
        }
        let by_others =
            |(by, changed): &&(String, String)| *changed == at && Some(by) != asked.changed_by.as_ref();
        if writes.iter().any(|write| by_others(&write)) {
            done.also_changed_by_others.push(at.clone());
        }
        done.restored.push(at);
    }
    if !asked.only_look {
        let detail = json!({
            "as_of": instant::format(asked.as_of_us),
            "changed_by": asked.changed_by,
            "count": done.restored.len(),
        });
        access.note(access.event("response.restored", None, outcome::OK, detail))?;
    }
    Ok(done)
}

/// Who changed what after a moment: login and `Type/ID`.
fn writes_since(access: &Access, as_of_us: i64) -> Result<Vec<(String, String)>, ResponseError> {
    let kinds = ["fhir.update", "fhir.patch", "fhir.delete"].map(str::to_owned).to_vec();
    let entries = access.sandbox().journal(&Filter { kinds, ..Filter::default() })?;
    let text = |detail: &Value, name: &str| detail[name].as_str().map(str::to_owned);
    let write = |entry: store::journal::Entry| {
        let event = entry.event;
        let is_meant = event.virtual_us > as_of_us && event.outcome == outcome::OK;
        let (kind, id) = (text(&event.detail, "type")?, text(&event.detail, "id")?);
        // An app's token acts for somebody: the journal names both in one.
        let login = event.actor.split(" by ").next().unwrap_or_default().to_owned();
        is_meant.then(|| (login, format!("{kind}/{id}")))
    };
    Ok(entries.into_iter().filter_map(write).collect())
}

/// What a record was at a moment.
pub(crate) fn as_of(
    view: View<'_>,
    kind: &str,
    id: &str,
    as_of_us: i64,
) -> Result<Option<Stored>, store::StoreError> {
    let at_us = Some((as_of_us, as_of_us + 1));
    let query = HistoryQuery { kind: Some(kind), id: Some(id), at_us, count: 1, ..HistoryQuery::default() };
    Ok(view.history(&query)?.versions.into_iter().next())
}

fn put_back(platform: &Platform, access: &Access, before: &Stored) -> Result<(), ResponseError> {
    let limits = &platform.limits().json;
    let context = Context { access, base_url: "", entropy: platform.entropy(), limits };
    let (kind, id) = (before.kind.as_str(), before.id.as_str());
    let asked = Interaction::Update { kind, id, body: &before.body, if_match: None };
    perform(&context, &asked)
        .map(drop)
        .map_err(|error| ResponseError::Invalid(format!("{kind}/{id} cannot be written back: {error}")))
}
