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
    pub(super) purpose: &'a str,
    pub(super) sql: &'a str,
    pub(super) chart: &'a str,
}

/// A cell that is asked.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Written {
    at: usize,
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
    cell(&inside, &Cell { at, purpose: &next.purpose, sql: "", chart: "table" }, &html! {})
}

/// `POST …/lake/cell`: only the answer where a script asks, otherwise a page with the one cell.
pub(super) async fn ask(
    State(app): State<App>,
    inside: Inside,
    headers: HeaderMap,
    form: PageForm<Written>,
) -> Result<Response, Fault> {
    let Written { at, purpose, sql, chart } = form.fields;
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
    let cell = cell(&inside, &Cell { at: at.max(1), purpose: &purpose, sql: &sql, chart: &chart }, &shown);
    let work = html! { div.lake-page { h2 { "Data" } div.lake-cells { (cell) } p { a href=(inside.to("lake")) { "All of Data" } } } };
    Ok(inside.page(Tab::Lake, "Data", &work).into_response())
}

/// What became of a question: an answer, or why there is none.
pub(super) type Outcome = Result<Told, LakeError>;

/// A cell with what stands below it.
pub(super) fn cell(inside: &Inside, cell: &Cell<'_>, below: &Markup) -> Markup {
    let Cell { at, purpose, sql, chart } = cell;
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
            }
            div.lake-answer id=(target) aria-live="polite" { (below) }
        }
    }
}
