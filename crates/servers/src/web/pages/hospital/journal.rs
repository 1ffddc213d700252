use axum::extract::{Query, State};
use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use platform::sandboxes::{Entry, Filter};
use serde::Deserialize;
use serde_json::Value;

use super::inside::{Inside, Tab};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::words::time;
use crate::web::ui::{
    Choice, Column, Field, Icon, Look, Row, Select, Takes, Tone, empty, link_button, notice, submit_with,
    table, tag,
};

/// Entries on a page.
const PAGE: usize = 50;

/// What kinds one may look for: the pattern, and what it is called.
const KINDS: [(&str, &str); 14] = [
    ("", "Everything"),
    ("fhir.*", "All FHIR interactions"),
    ("fhir.read,fhir.vread,fhir.search,fhir.history", "FHIR: reading"),
    ("fhir.create,fhir.update,fhir.patch,fhir.delete", "FHIR: writing"),
    ("fhir.export", "FHIR: exports"),
    ("command", "Forms sent"),
    ("support.*", "Rules that spoke"),
    ("chart.*", "Charts opened and searched"),
    ("cds.*", "Decision support called"),
    ("hl7.*", "Messages between systems"),
    ("interface.*", "Interfaces stopped and started"),
    ("lab.*", "The lab"),
    ("sandbox.*", "The hospital's own past"),
    ("auth.*", "Signing in"),
];

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    kind: String,
    /// The id of a patient, or `Patient/ID`.
    patient: String,
    actor: String,
    /// Only what went wrong, or only what did not.
    outcome: String,
    /// Only entries before this place.
    before: Option<i64>,
    /// The entry someone was sent to.
    entry: Option<i64>,
}

impl Asked {
    /// Reads more than a page: what lies before a place is found by leaving out what comes after it.
    fn filter(&self) -> Filter {
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let patient = some(&self.patient)
            .map(|patient| if patient.contains('/') { patient } else { format!("Patient/{patient}") });
        let kinds = self.kind.split(',').filter(|kind| !kind.is_empty()).map(str::to_owned);
        Filter {
            kinds: kinds.collect(),
            subject: patient,
            actor: some(&self.actor),
            outcome: (self.outcome == "ok").then(|| "ok".to_owned()),
            newest_first: true,
            limit: if self.is_newest() { PAGE + 1 } else { 0 },
            ..Filter::default()
        }
    }

    /// Whether the newest entries are asked for, of whatever outcome the filter can tell.
    fn is_newest(&self) -> bool {
        self.before.is_none() && self.entry.is_none() && self.outcome != "not-ok"
    }

    /// Whether an entry is on the page, beside what the filter says.
    fn wants(&self, entry: &Entry) -> bool {
        let until = self.before.or(self.entry.map(|entry| entry + 1 + PAGE as i64 / 2));
        until.is_none_or(|before| entry.seq < before)
            && (self.outcome != "not-ok" || entry.event.outcome != "ok")
    }

    fn older(&self, before: i64) -> String {
        let coded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        format!(
            "?kind={}&patient={}&actor={}&outcome={}&before={before}",
            coded(&self.kind),
            coded(&self.patient),
            coded(&self.actor),
            coded(&self.outcome)
        )
    }
}

/// `GET …/journal`: everything that happened in this hospital, and whether the record of it is whole.
pub(crate) async fn journal(
    State(app): State<App>,
    inside: Inside,
    Query(asked): Query<Asked>,
) -> Result<Markup, Fault> {
    let filter = asked.filter();
    let read = inside.run(&app, move |platform, access| {
        let entries = platform.journal(access, &filter)?;
        Ok::<_, platform::sandboxes::SandboxError>((entries, platform.journal_break(access)?))
    });
    let (entries, broken) = read.await?;
    let mut wanted = entries.iter().filter(|entry| asked.wants(entry));
    let page: Vec<&Entry> = wanted.by_ref().take(PAGE).collect();
    let older = wanted.next().and(page.last()).map(|last| asked.older(last.seq));
    let work = html! {
        div.spread {
            h2 { "Journal" }
            (link_button("Traffic between systems", &inside.to("traffic"), Look::Plain))
        }
        (chain(broken.as_deref()))
        (filters(&asked))
        div.table-frame { (list(&inside, &asked, &page)) }
        div.spread {
            @if asked.before.is_some() { (link_button("Newest", "?", Look::Quiet)) }
            @if let Some(older) = older { (link_button("Older", &older, Look::Plain)) }
        }
    };
    Ok(inside.page(Tab::Journal, "Journal", &work))
}

fn chain(broken: Option<&str>) -> Markup {
    match broken {
        None => notice(
            Tone::Good,
            None,
            &html! { p { "The chain holds: every entry follows from the one before it, and none was changed or taken out." } },
        ),
        Some(where_) => notice(
            Tone::Bad,
            Some("The chain is broken"),
            &html! { p { (where_) ". What comes after it cannot be trusted." } },
        ),
    }
}

fn filters(asked: &Asked) -> Markup {
    let kinds = KINDS.map(|(value, label)| Choice::new(value, label));
    let outcomes = [
        Choice::new("", "However it ended"),
        Choice::new("ok", "Done"),
        Choice::new("not-ok", "Refused or failed"),
    ];
    html! {
        form.search method="get" role="search" aria-label="Journal" {
            (Select::new("kind", "What", &kinds).chosen(&asked.kind))
            (Select::new("outcome", "Outcome", &outcomes).chosen(&asked.outcome))
            (Field::new("patient", "Patient id").takes(Takes::Search).value(&asked.patient).autocomplete("off"))
            (Field::new("actor", "Who").takes(Takes::Search).value(&asked.actor).autocomplete("off"))
            (submit_with(Icon::Search, "Show", Look::Plain))
        }
    }
}

fn list(inside: &Inside, asked: &Asked, entries: &[&Entry]) -> Markup {
    let columns = [
        Column::number("No"),
        Column::text("Hospital time"),
        Column::text("Who"),
        Column::text("What"),
        Column::text("Outcome"),
        Column::text("Patient"),
        Column::wide("Particulars"),
    ];
    let rows: Vec<Row> = entries.iter().map(|entry| row(inside, asked, entry)).collect();
    let why = "Nothing in this journal fits. Take a filter away.";
    table(
        "Journal, newest first",
        &columns,
        &rows,
        &empty(Icon::List, "No entries", why, &link_button("Show everything", "?", Look::Plain)),
    )
}

fn row(inside: &Inside, asked: &Asked, entry: &Entry) -> Row {
    let event = &entry.event;
    let patient = event.subject.as_deref().and_then(|subject| subject.strip_prefix("Patient/"));
    let cells = vec![
        html! { span id={ "entry-" (entry.seq) } { (entry.seq) } },
        time(event.virtual_us),
        html! { (event.actor) span.quiet { ", " (event.source) } },
        html! { code { (event.kind) } },
        tag(if event.outcome == "ok" { Tone::Good } else { Tone::Bad }, &event.outcome),
        html! { @if let Some(id) = patient { a href=(inside.to_chart(id, "summary")) { code { (id) } } } },
        html! { span.small { (particulars(&event.detail)) } },
    ];
    Row { cells, selected: asked.entry == Some(entry.seq) }
}

/// The detail of an entry in a line: `method GET, type Patient, status 200`.
pub(super) fn particulars(detail: &Value) -> String {
    let Some(members) = detail.as_object() else { return detail.to_string() };
    let line = |(name, value): (&String, &Value)| match value {
        Value::Null => None,
        Value::String(text) if text.is_empty() => None,
        Value::String(text) => Some(format!("{name} {text}")),
        Value::Array(items) => {
            Some(format!("{name} {}", items.iter().map(one).collect::<Vec<_>>().join(", ")))
        }
        other => Some(format!("{name} {}", one(other))),
    };
    members.iter().filter_map(line).collect::<Vec<_>>().join(" · ")
}

/// A resource that was written as `Type/ID`, anything else as it stands.
fn one(value: &Value) -> String {
    match (value["type"].as_str(), value["id"].as_str()) {
        (Some(kind), Some(id)) => format!("{kind}/{id}"),
        _ => value.as_str().map_or_else(|| value.to_string(), str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::particulars;

    #[test]
    fn an_entry_is_told_in_a_line() {
        let command = json!({"name": "admit", "resources": [{"type": "Encounter", "id": "a", "version": 1}], "x": null});
        assert_eq!(particulars(&command), "name admit · resources Encounter/a");
        assert_eq!(particulars(&json!({"status": 200, "method": "GET"})), "status 200 · method GET");
    }
}
