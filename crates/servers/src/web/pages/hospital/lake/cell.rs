use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use platform::lake::{Asking, Door, Form, LakeError, Limits, Told};
use serde::Deserialize;

use super::answer::answer;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::ui::{Choice, Field, Look, Select, Takes, csrf_field, loading, submit};

/// Cells of a page.
const CELLS_MAX: usize = 50;

/// A cell: its place on the page, and what stands in it.
pub(super) struct Cell<'a> {
    pub(super) at: usize,
    /// The name it is kept under; empty if it is not.
    pub(super) name: &'a str,
    pub(super) purpose: &'a str,
    pub(super) sql: &'a str,
    pub(super) chart: &'a str,
}

/// A cell that is asked.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Written {
    at: usize,
    name: String,
    purpose: String,
    sql: String,
    chart: String,
}

/// The next cell.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Next {
    at: usize,
    purpose: String,
}

/// `GET …/lake/cell`: an empty cell, and the button for the one after it.
pub(super) async fn another(inside: Inside, Query(next): Query<Next>) -> Markup {
    let at = next.at.clamp(2, CELLS_MAX);
    let new =
        cell(&inside, &Cell { at, name: "", purpose: &next.purpose, sql: "", chart: "table" }, &html! {});
    html! { (new) (more(&inside, at + 1, &next.purpose, true)) }
}

/// The button for the cell that would stand at `at`, or nothing where the page is full. With `is_anew` it replaces the one
/// that was pressed.
pub(super) fn more(inside: &Inside, at: usize, purpose: &str, is_anew: bool) -> Markup {
    let next = format!("{}?at={at}&purpose={purpose}", inside.to("lake/cell"));
    html! {
        p id="lake-more" hx-swap-oob=[is_anew.then_some("true")] {
            @if at <= CELLS_MAX { a.button href=(inside.to("lake")) hx-get=(next) hx-target="#lake-cells" hx-swap="beforeend" { "Another cell" } }
        }
    }
}

/// `POST …/lake/cell`: only the answer where a script asks, otherwise a page with the one cell.
pub(super) async fn ask(
    State(app): State<App>,
    inside: Inside,
    headers: HeaderMap,
    form: PageForm<Written>,
) -> Result<Response, Fault> {
    let Written { at, name, purpose, sql, chart } = form.fields;
    let asked = (sql.clone(), purpose.clone());
    let told = inside
        .run_dialling(&app, move |platform, access| {
            let asking = Asking {
                sql: &asked.0,
                values: &[],
                purpose: Some(&asked.1),
                snapshot: None,
                form: Form::Cells,
                limits: Limits::PAGE,
                door: Door::Page,
            };
            match platform.ask_lake(access, &asking) {
                Err(LakeError::Store(error)) => Err(error),
                told => Ok(told),
            }
        })
        .await?;
    let shown = answer(&sql, &chart, &told);
    if headers.contains_key("hx-request") {
        return Ok(shown.into_response());
    }
    let written = Cell { at: at.max(1), name: &name, purpose: &purpose, sql: &sql, chart: &chart };
    let cell = cell(&inside, &written, &shown);
    let work = html! { div.lake-page { h2 { "Data" } div.lake-cells { (cell) } p { a href=(inside.to("lake")) { "All of Data" } } } };
    Ok(inside.page(Tab::Lake, "Data", &work).into_response())
}

/// What became of a question: an answer, or why there is none.
pub(super) type Outcome = Result<Told, LakeError>;

/// A cell with what stands below it.
pub(super) fn cell(inside: &Inside, cell: &Cell<'_>, below: &Markup) -> Markup {
    let Cell { at, name, purpose, sql, chart } = cell;
    let (action, target) = (inside.to("lake/cell"), format!("lake-answer-{at}"));
    let (sql_id, chart_id) = (format!("sql-{at}"), format!("chart-{at}"));
    let charts = [Choice::new("table", "Table"), Choice::new("bars", "Bars"), Choice::new("line", "Line")];
    html! {
        section.card.lake-cell aria-label={ "Cell " (at) } {
            form.card-body.lake-editor method="post" action=(action) hx-post=(action) hx-target={ "#" (target) } hx-swap="innerHTML"
                hx-sync="this:replace" hx-indicator={ "#" (target) "-waits" } {
                (csrf_field(&inside.visitor.csrf))
                input type="hidden" name="at" value=(at);
                input type="hidden" name="purpose" value=(purpose);
                (Field::new("sql", &format!("SQL {at}")).id(&sql_id).takes(Takes::Block).value(sql))
                div.lake-run {
                    (Select::new("chart", "Shown as", &charts).id(&chart_id).chosen(chart))
                    (submit("Run", if *at == 1 { Look::Primary } else { Look::Plain }))
                    span.htmx-indicator id={ (target) "-waits" } { (loading("Asking")) }
                }
                (keeping(inside, *at, name))
            }
            div.lake-answer id=(target) aria-live="polite" { (below) }
        }
    }
}

/// Where a cell is given a name that it is kept under.
fn keeping(inside: &Inside, at: usize, name: &str) -> Markup {
    let (save, remove) = (inside.to("lake/question"), inside.to("lake/question/remove"));
    let (name_id, said_id) = (format!("name-{at}"), format!("lake-saved-{at}"));
    html! {
        div.lake-keep {
            (Field::new("name", "Name").id(&name_id).value(name).placeholder("adults-by-ward"))
            button.button type="submit" formaction=(save) hx-post=(save) hx-target={ "#" (said_id) } hx-swap="innerHTML" { "Save" }
            @if !name.is_empty() { button.button type="submit" formaction=(remove) hx-post=(remove) hx-target="body" { "Remove" } }
            div.lake-said id=(said_id) aria-live="polite" {}
        }
    }
}
