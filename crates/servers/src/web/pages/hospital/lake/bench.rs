use std::net::SocketAddr;

use axum::extract::{Query, State};
use axum::http::HeaderValue;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use platform::lake::{LakeError, Overview, Progress, SavedQuestion, saved_questions};
use serde::Deserialize;

use super::cell::{Cell, cell, more};
use super::side;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::words::instant;
use crate::web::ui::{Choice, Icon, Look, Select, empty, failure, loading, post_form, submit};

/// The question that a bench begins with: it is answered for every purpose.
const FIRST: &str =
    "SELECT gender, count(*) AS patients\nFROM patients\nGROUP BY gender\nORDER BY patients DESC";

/// What to look at.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Chosen {
    purpose: String,
}

impl Chosen {
    fn purpose(&self) -> Option<&str> {
        Some(self.purpose.as_str()).filter(|purpose| !purpose.is_empty())
    }
}

/// `GET …/lake`: the tables, and cells of SQL.
pub(super) async fn bench(
    State(app): State<App>,
    inside: Inside,
    Query(chosen): Query<Chosen>,
) -> Result<Markup, Fault> {
    let overview = look(&app, &inside, chosen).await?;
    let saved = inside.run(&app, |_, access| saved_questions(access)).await?;
    let postgres = app.postgres;
    let work = match &overview {
        Ok(overview) => drawn(&inside, overview, &saved, postgres),
        Err(error) => refused(&error.to_string()),
    };
    Ok(inside.page(Tab::Lake, "Data", &work))
}

/// `GET …/lake/progress`: how far the snapshot is; when it is over, the page is to be loaded again.
pub(super) async fn progress(State(app): State<App>, inside: Inside) -> Result<Response, Fault> {
    let overview = look(&app, &inside, Chosen::default()).await?;
    let running = overview.ok().and_then(|overview| overview.progress);
    if let Some(running @ Progress::Running { .. }) = running {
        return Ok(awaited(&inside, &running).into_response());
    }
    let again = [("hx-refresh", HeaderValue::from_static("true"))];
    Ok((again, html! {}).into_response())
}

/// The lake as it is seen for a purpose. What the policy refuses is no fault of the page.
async fn look(app: &App, inside: &Inside, chosen: Chosen) -> Result<Result<Overview, LakeError>, Fault> {
    let looked = inside.run(app, move |platform, access| match platform.lake(access, chosen.purpose()) {
        Err(error @ (LakeError::Store(_) | LakeError::Policy(_))) => Err(error),
        looked => Ok(looked),
    });
    looked.await
}

fn drawn(
    inside: &Inside,
    overview: &Overview,
    saved: &[SavedQuestion],
    postgres: Option<SocketAddr>,
) -> Markup {
    let cells = cells(overview, saved);
    html! {
        div.lake-page {
            header.lake-head {
                div { h2 { "Data" } p.quiet { "The hospital as tables. A snapshot never changes; take a new one to see what has happened since." } }
                (snapshot(inside, overview))
            }
            (purpose(inside, overview))
            @if overview.snapshots.is_empty() { (nothing_yet(overview)) }
            @else {
                div.lake-pair {
                    div.lake-cells id="lake-cells" {
                        @for one in &cells { (cell(inside, one, &html! {})) }
                    }
                    (side::side(inside, overview, postgres))
                }
                (more(inside, cells.len() + 1, &overview.right.purpose, false))
            }
        }
    }
}

/// The cells that are kept, or one to begin with.
fn cells<'a>(overview: &'a Overview, saved: &'a [SavedQuestion]) -> Vec<Cell<'a>> {
    if saved.is_empty() {
        let purpose = &overview.right.purpose;
        return vec![Cell { at: 1, name: "", purpose, sql: FIRST, chart: "bars" }];
    }
    let cell = |(one, at): (&'a SavedQuestion, usize)| Cell {
        at,
        name: &one.name,
        purpose: &one.purpose,
        sql: &one.sql,
        chart: &one.chart,
    };
    saved.iter().zip(1..).map(cell).collect()
}

fn snapshot(inside: &Inside, overview: &Overview) -> Markup {
    match &overview.progress {
        Some(running @ Progress::Running { .. }) => awaited(inside, running),
        _ => html! {
            div.lake-take {
                @if let Some(newest) = overview.snapshots.first() {
                    p.quiet { "Snapshot " (newest.number) ", taken " (instant(&newest.taken)) }
                }
                (post_form(&inside.to("lake/snapshot"), &inside.visitor.csrf, &submit("Take a snapshot", if overview.snapshots.is_empty() { Look::Primary } else { Look::Plain })))
            }
        },
    }
}

fn awaited(inside: &Inside, progress: &Progress) -> Markup {
    let Progress::Running { tables, of, rows } = progress else { return html! {} };
    let what = format!("Taking a snapshot: {tables} of {of} tables, {rows} rows so far");
    html! { div.lake-take hx-get=(inside.to("lake/progress")) hx-trigger="load delay:1s" hx-swap="outerHTML" { (loading(&what)) } }
}

fn nothing_yet(overview: &Overview) -> Markup {
    match &overview.progress {
        Some(Progress::Failed(why)) => failure("The snapshot failed", &format!("{why}."), &html! {}),
        Some(Progress::Running { .. }) => empty(
            Icon::Clock,
            "The first snapshot is being taken",
            "Its tables are there when it is done.",
            &html! {},
        ),
        _ => empty(
            Icon::List,
            "No snapshot yet",
            "A snapshot flattens the whole hospital by the ready views and keeps it as Parquet files, for SQL here and for tools of your own.",
            &html! {},
        ),
    }
}

fn purpose(inside: &Inside, overview: &Overview) -> Markup {
    let right = &overview.right;
    let choices: Vec<Choice<'_>> =
        right.purposes.iter().map(|one| Choice::new(&one.code, &one.title)).collect();
    html! {
        section.lake-right aria-label="What may be seen" {
            form method="get" action=(inside.to("lake")) {
                (Select::new("purpose", "Purpose", &choices).chosen(&right.purpose))
                (submit("Change", Look::Plain))
            }
            div {
                p { (right.because()) }
                @if right.reason_given { p.quiet { "You gave a reason: restricted charts are there for a while." } }
                @if right.takes_reason() { (side::reason(inside, &right.purpose)) }
            }
        }
    }
}

fn refused(why: &str) -> Markup {
    html! { div.lake-page { h2 { "Data" } (failure("Nothing may be seen", &format!("{why}."), &html! {})) } }
}
