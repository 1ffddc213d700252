use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use platform::desk::{
    Case, CaseChange, CaseState, DeskError, Finding, Pinned, Severity, case, cases, change_case, open_case,
};
use serde::Deserialize;

use super::routes::parts;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::said::Said;
use crate::web::pages::words::{iso, time};
use crate::web::ui::{
    Choice, Column, Event, Field, Icon, Look, Row, Select, Takes, Tone, card, csrf_field, empty, post_form,
    submit, submit_with, table, tag, timeline,
};

/// Severities as people read them.
const SEVERITIES: [(Severity, &str); 4] = [
    (Severity::Low, "Low: can wait"),
    (Severity::Medium, "Medium: this week"),
    (Severity::High, "High: today"),
    (Severity::Critical, "Critical: now"),
];

/// What a case can come to.
const FINDINGS: [(Finding, &str); 3] = [
    (Finding::Confirmed, "Confirmed: it happened, and should not have"),
    (Finding::Explained, "Explained: it happened, with good reason"),
    (Finding::FalseAlarm, "False alarm: it did not happen"),
];

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct NewCase {
    title: String,
    severity: String,
    /// Entries to pin at once, as an alert lists them: numbers parted by commas.
    pins: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Work {
    /// `note`, `pin`, `close` or `reopen`.
    r#do: String,
    text: String,
    entry: String,
    finding: String,
}

/// `GET …/security/cases`: the cases, and a form to open one.
pub(super) async fn list(State(app): State<App>, inside: Inside) -> Result<Markup, Fault> {
    let found = inside.run(&app, |_, access| cases(access)).await?;
    let choices = SEVERITIES.map(|(severity, words)| Choice::new(severity.word(), words));
    let work = html! {
        h2 { "Cases" }
        (parts(&inside, "Cases"))
        (listed(&inside, &found))
        (card("Open a case", &html! {}, &post_form(&inside.to("security/cases"), &inside.visitor.csrf, &html! {
            (Field::new("title", "Title").hint("The question the case is to answer.").required())
            (Select::new("severity", "Severity", &choices).chosen("medium"))
            (submit_with(Icon::Note, "Open the case", Look::Primary))
        })))
    };
    Ok(inside.page(Tab::Security, "Cases", &work))
}

/// `POST …/security/cases`.
pub(super) async fn open(
    State(app): State<App>,
    inside: Inside,
    PageForm { fields, .. }: PageForm<NewCase>,
) -> Result<Response, Fault> {
    let severity = Severity::ALL.into_iter().find(|one| one.word() == fields.severity);
    let opened = inside.run(&app, move |_, access| {
        let case = open_case(access, &fields.title, severity.unwrap_or(Severity::Medium))?;
        for entry in fields.pins.split(',').filter_map(|entry| entry.trim().parse().ok()) {
            change_case(access, &case.id, CaseChange::Pin(entry, "An alert rests on it."))?;
        }
        Ok::<_, DeskError>(case)
    });
    let case = opened.await?;
    Ok(Said::well(format!("{} is open.", case.id)).at(&inside.to(&format!("security/cases/{}", case.id))))
}

/// `GET …/security/cases/{case}`.
pub(super) async fn shown(
    State(app): State<App>,
    inside: Inside,
    Path(at): Path<BTreeMap<String, String>>,
) -> Result<Markup, Fault> {
    let id = at.get("case").cloned().unwrap_or_default();
    let (case, pinned) = inside.run(&app, move |_, access| case(access, &id)).await?;
    let work = html! {
        h2 { (case.title) }
        (parts(&inside, "Cases"))
        p.row {
            (tag(tone(case.severity), case.severity.word()))
            (state(&case))
            span.quiet { (case.id) ", opened by " (case.by) " " (time(case.opened_us)) }
        }
        div.stack {
            (card("Evidence", &html! {}, &evidence(&inside, &pinned)))
            (card("Notes", &html! {}, &notes(&case)))
            (forms(&inside, &case))
        }
    };
    Ok(inside.page(Tab::Security, &case.title, &work))
}

/// `POST …/security/cases/{case}`.
pub(super) async fn work(
    State(app): State<App>,
    inside: Inside,
    Path(at): Path<BTreeMap<String, String>>,
    PageForm { fields, .. }: PageForm<Work>,
) -> Result<Response, Fault> {
    let id = at.get("case").cloned().unwrap_or_default();
    let back = inside.to(&format!("security/cases/{id}"));
    let finding = Finding::ALL.into_iter().find(|finding| finding.word() == fields.finding);
    let done = inside.run(&app, move |_, access| {
        let what = match (fields.r#do.as_str(), fields.entry.trim().parse(), finding) {
            ("note", ..) => CaseChange::Note(&fields.text),
            ("pin", Ok(entry), _) => CaseChange::Pin(entry, &fields.text),
            ("close", _, Some(finding)) => CaseChange::Close(finding, &fields.text),
            ("reopen", ..) => CaseChange::Reopen(&fields.text),
            _ => {
                let what = "entry: give the number of a journal entry".to_owned();
                return Ok(Err(what));
            }
        };
        match change_case(access, &id, what) {
            Ok(_) => Ok(Ok(())),
            Err(DeskError::Store(error)) => Err(error),
            Err(error) => Ok(Err(error.to_string())),
        }
    });
    Ok(match done.await? {
        Ok(()) => Said::well("The case says so now.").at(&back),
        Err(why) => Said::badly(why).at(&back),
    })
}

fn listed(inside: &Inside, found: &[Case]) -> Markup {
    let columns = [
        Column::text("Case"),
        Column::wide("Title"),
        Column::text("Severity"),
        Column::text("State"),
        Column::text("Opened"),
        Column::number("Evidence"),
    ];
    let row = |case: &Case| {
        let href = inside.to(&format!("security/cases/{}", case.id));
        Row::new(vec![
            html! { a href=(href) { (case.id) } },
            html! { (case.title) },
            tag(tone(case.severity), case.severity.word()),
            state(case),
            time(case.opened_us),
            html! { (case.evidence.len()) },
        ])
    };
    let rows: Vec<Row> = found.iter().map(row).collect();
    let why = "A case holds what you found out about one question, with the entries that show it.";
    let none = empty(Icon::Note, "No cases", why, &html! {});
    html! { div.table-frame { (table("Cases, newest first", &columns, &rows, &none)) } }
}

fn evidence(inside: &Inside, pinned: &[Pinned]) -> Markup {
    let columns = [
        Column::number("Entry"),
        Column::wide("What it was"),
        Column::wide("Why it matters"),
        Column::text("Pinned"),
        Column::text("Stands"),
    ];
    let row = |one: &Pinned| {
        let evidence = &one.evidence;
        let href = inside.to(&format!("journal?entry={0}#entry-{0}", evidence.seq));
        Row::new(vec![
            html! { a href=(href) { (evidence.seq) } },
            html! { (evidence.what) },
            html! { (evidence.why) },
            html! { (evidence.by) " " (time(evidence.at_us)) },
            if one.stands { tag(Tone::Good, "as pinned") } else { tag(Tone::Bad, "changed or gone") },
        ])
    };
    let rows: Vec<Row> = pinned.iter().map(row).collect();
    let why = "Pin a journal entry below. It is kept with its hash, so it cannot come to mean another.";
    table("Evidence", &columns, &rows, &empty(Icon::List, "Nothing is pinned", why, &html! {}))
}

fn notes(case: &Case) -> Markup {
    let moments: Vec<String> = case.notes.iter().map(|note| iso(note.at_us)).collect();
    let events: Vec<Event<'_>> = case
        .notes
        .iter()
        .zip(&moments)
        .map(|(note, at)| Event {
            iso: at,
            when: at,
            tone: Tone::Neutral,
            title: html! { (note.by) },
            detail: html! { p.as-written { (note.text) } },
        })
        .collect();
    html! {
        @if events.is_empty() { p.quiet { "No notes yet. A note is never changed, so write what you know and when." } }
        @else { (timeline("Notes, oldest first", &events)) }
    }
}

fn forms(inside: &Inside, case: &Case) -> Markup {
    let action = inside.to(&format!("security/cases/{}", case.id));
    let form = |what: &str, body: &Markup| {
        html! {
            form.stack method="post" action=(action) {
                (csrf_field(&inside.visitor.csrf))
                input type="hidden" name="do" value=(what);
                (body)
            }
        }
    };
    let reason = |id: &'static str, label: &'static str| {
        Field::new("text", label).id(id).takes(Takes::Block).required()
    };
    if case.state != CaseState::Open {
        let body =
            form("reopen", &html! { (reason("why-reopen", "Why")) (submit("Open it again", Look::Plain)) });
        return card("Open again", &html! {}, &body);
    }
    let choices = FINDINGS.map(|(finding, words)| Choice::new(finding.word(), words));
    html! {
        (card("Add a note", &html! {}, &form("note", &html! {
            (reason("note-text", "Note"))
            (submit("Add the note", Look::Primary))
        })))
        (card("Pin an entry", &html! {}, &form("pin", &html! {
            (Field::new("entry", "Journal entry").takes(Takes::Number).hint("Its number, as search and journal show it.").required())
            (reason("why-pin", "Why it matters"))
            (submit("Pin it", Look::Plain))
        })))
        (card("Close the case", &html! {}, &form("close", &html! {
            (Select::new("finding", "What it came to", &choices).required())
            (reason("why-close", "Why"))
            (submit("Close it", Look::Plain))
        })))
    }
}

fn state(case: &Case) -> Markup {
    match case.state {
        CaseState::Open => tag(Tone::Info, "open"),
        CaseState::Closed(finding) => tag(Tone::Neutral, &format!("closed: {}", finding.word())),
    }
}

pub(super) fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Critical | Severity::High => Tone::Bad,
        Severity::Medium => Tone::Warn,
        Severity::Low => Tone::Neutral,
    }
}
