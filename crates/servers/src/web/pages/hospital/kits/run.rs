use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::kits::report::coverage;
use platform::kits::{KitError, KitRunView, kit, kit_run};
use serde::Deserialize;

use super::tree::{outcome, tree};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::words::time;
use crate::web::ui::{
    Column, Link, Look, Row, Tone, breadcrumbs, card, facts, link_button, notice, post_form, progress,
    submit, table,
};

#[derive(Deserialize)]
pub(crate) struct OfRun {
    pub(super) kit: String,
    pub(super) run: String,
}

/// Loads a run.
pub(super) async fn load(app: &App, inside: &Inside, run: &str) -> Result<KitRunView, Fault> {
    let run = run.to_owned();
    inside.run(app, move |platform, access| kit_run(platform, access, &run)).await
}

/// `GET …/kits/{kit}/{run}`: a run as far as it is.
pub(crate) async fn shown(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfRun>,
) -> Result<Markup, Fault> {
    let (kit, view) = (kit(&of.kit)?, load(&app, &inside, &of.run).await?);
    let at = inside.to(&format!("kits/{}/{}", of.kit, of.run));
    let record = &view.record;
    let given: Vec<(&str, Markup)> = record
        .inputs
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (kit.input(name).map_or(name.as_str(), |input| input.title), html! { (value) }))
        .collect();
    let rows = coverage(kit, record).into_iter().map(|one| {
        Row::new(vec![
            html! { code { (one.id) } },
            html! { (one.text) },
            outcome(one.outcome.map(|found| found.word())),
        ])
    });
    let columns = [Column::text("Name"), Column::wide("What is asked"), Column::text("Outcome")];
    let rows: Vec<Row> = rows.collect();
    let work = html! {
        (breadcrumbs(&[
            Link::to("Test kits", &inside.to("kits")),
            Link::to(kit.title, &inside.to(&format!("kits/{}", kit.id))),
            Link::to("Run", &at).current(true),
        ]))
        div.stack {
            h2 { (kit.title) }
            p.quiet { "Began " (time(record.began_us)) " · " (record.standard) }
            div #results { (live(&inside, &view, &at)) }
            (card("Requirements", &html! {}, &table("What the standard asks", &columns, &rows, &html! {})))
            (card("Inputs", &html! {}, &facts(&given)))
        }
    };
    Ok(inside.page(Tab::Kits, kit.title, &work))
}

/// `GET …/kits/{kit}/{run}/results`: the part of that page that changes.
pub(crate) async fn results(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfRun>,
) -> Result<Markup, Fault> {
    let view = load(&app, &inside, &of.run).await?;
    Ok(live(&inside, &view, &inside.to(&format!("kits/{}/{}", of.kit, of.run))))
}

/// The results; while the run is at work they come again by themselves.
fn live(inside: &Inside, view: &KitRunView, at: &str) -> Markup {
    let record = &view.record;
    let tests = record.tests();
    let done = tests.iter().filter(|test| test.outcome.is_some_and(|found| found.is_final())).count();
    let again = view.is_running.then(|| format!("{at}/results"));
    let waiting = tests.iter().find(|test| test.outcome.is_some_and(|found| found.word() == "wait"));
    html! {
        div.stack hx-get=[again.as_deref()] hx-trigger=[again.as_ref().map(|_| "load delay:1s")] hx-target=[again.as_ref().map(|_| "#results")] hx-swap=[again.as_ref().map(|_| "innerHTML")] {
            @if view.is_running {
                (progress("tests-done", "Tests done", done, tests.len()))
                noscript { p { a href=(at) { "Look again" } } }
                @if let Some(test) = waiting { (notice(Tone::Info, Some("It waits for you"), &to_do(&test.message))) }
                (post_form(&format!("{at}/stop"), &inside.visitor.csrf, &submit("Stop the run", Look::Plain)))
            } @else {
                p.row { strong { "Outcome" } (outcome(record.outcome().map(|found| found.word()))) span.quiet { (counts(record)) } }
                @if view.is_cut_off {
                    (notice(Tone::Warn, Some("Cut off"), &html! { p { "The server stopped while this run was at work. Start it again to have the rest." } }))
                }
                p.row {
                    (link_button("Report as a page", &format!("{at}/report/page"), Look::Plain))
                    (link_button("FHIR TestReport", &format!("{at}/report/fhir"), Look::Plain))
                    (link_button("JSON", &format!("{at}/report/json"), Look::Plain))
                }
            }
            (tree(record, at))
        }
    }
}

/// What a person is to do. An address at its end can be followed.
fn to_do(text: &str) -> Markup {
    let found = text.find("http").filter(|at| !text[*at..].contains(char::is_whitespace));
    let (words, address) = text.split_at(found.unwrap_or(text.len()));
    html! {
        p {
            (words)
            @if !address.is_empty() { a href=(address) target="_blank" rel="noopener" { (address) } }
        }
    }
}

fn counts(record: &platform::kits::model::Record) -> String {
    let counts: Vec<String> =
        record.counts().iter().map(|(outcome, count)| format!("{count} {}", outcome.word())).collect();
    counts.join(", ")
}

impl From<KitError> for Fault {
    fn from(error: KitError) -> Self {
        match error {
            KitError::Unknown(what) => Self::Missing(what),
            KitError::Inputs(_) | KitError::Busy(_) => Self::Refused(error.to_string()),
            KitError::Store(error) => error.into(),
        }
    }
}
