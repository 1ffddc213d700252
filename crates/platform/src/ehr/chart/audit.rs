use serde::Serialize;
use serde_json::Value;
use standards::fhir::instant;
use store::journal::{Entry, Filter};

use super::open::Chart;
use crate::fhir::FhirError;

/// Entries on one page.
const PAGE: usize = 50;

/// Who did what to a record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AuditEntry {
    /// The entry's place in the journal.
    pub seq: i64,
    /// When, in the hospital's own time, as a FHIR instant.
    pub at: String,
    /// Who.
    pub actor: String,
    /// As which role, where one was worked as.
    pub role: Option<String>,
    /// From which system.
    pub source: String,
    /// The journal kind: `chart.view`, `fhir.update`, `command`.
    pub kind: String,
    /// What, in a line: `PUT Encounter/abc`, `admit`, `timeline`.
    pub what: String,
    /// `ok`, or a word for why not.
    pub outcome: String,
    /// Why a restricted chart was opened, where that is what happened.
    pub reason: Option<String>,
}

/// What people and programs do with a record. Messages about the patient, a dozen for each move, stand in the journal alone.
const PEOPLE: [&str; 4] = ["fhir.*", "command", "chart.*", "support.*"];

/// One page of a record's audit trail.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AuditPage {
    /// The entries, newest first.
    pub entries: Vec<AuditEntry>,
    /// This page, from 1.
    pub page: usize,
    /// Whether there are older entries.
    pub more: bool,
}

impl Chart<'_> {
    /// The journal's entries about this patient, newest first: page `page` from 1.
    ///
    /// # Errors
    /// When the store fails.
    pub fn audit(&self, page: usize) -> Result<AuditPage, FhirError> {
        let page = page.max(1);
        let until = page.saturating_mul(PAGE);
        let filter = Filter {
            kinds: PEOPLE.map(str::to_owned).to_vec(),
            subject: Some(format!("Patient/{}", self.id())),
            newest_first: true,
            limit: until.saturating_add(1),
            ..Filter::default()
        };
        let found = self.access.sandbox().journal(&filter)?;
        let more = found.len() > until;
        let entries = found.into_iter().take(until).skip(until - PAGE).map(entry).collect();
        Ok(AuditPage { entries, page, more })
    }
}

fn entry(entry: Entry) -> AuditEntry {
    let event = entry.event;
    AuditEntry {
        seq: entry.seq,
        at: instant::format(event.virtual_us),
        what: what(&event.detail),
        role: detail(&event.detail, "role"),
        reason: detail(&event.detail, "reason"),
        actor: event.actor,
        source: event.source,
        kind: event.kind,
        outcome: event.outcome,
    }
}

fn detail(detail: &Value, name: &str) -> Option<String> {
    detail.get(name).and_then(Value::as_str).map(str::to_owned)
}

/// The particulars of an entry in a line.
fn what(detail: &Value) -> String {
    let text = |name: &str| detail.get(name).and_then(Value::as_str).unwrap_or_default();
    if let Some(name) =
        ["name", "section", "rule"].iter().map(|name| text(name)).find(|name| !name.is_empty())
    {
        return name.to_owned();
    }
    let id = if text("id").is_empty() { String::new() } else { format!("/{}", text("id")) };
    let query = if text("query").is_empty() { String::new() } else { format!("?{}", text("query")) };
    format!("{} {}{id}{query}", text("method"), text("type")).trim().to_owned()
}
