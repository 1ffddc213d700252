use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use platform::views::{ready, ready_views, try_view};
use serde::Deserialize;

use super::rows::{ROWS_SHOWN, outcome};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::ui::{Field, Look, Takes, card, csrf_field, submit};

/// A view may be so long, in bytes.
pub(super) const TEXT_BYTES_MAX: usize = 200_000;

/// The view that a page without one begins with.
const FIRST: &str = "patients";

/// Which view to begin with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Chosen {
    view: String,
}

/// A view that is tried.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Written {
    pub(super) text: String,
}

/// `GET …/views`: the editor with one of the views there are, and its rows.
pub(crate) async fn bench(
    State(app): State<App>,
    inside: Inside,
    Query(chosen): Query<Chosen>,
) -> Result<Markup, Fault> {
    let named = if chosen.view.is_empty() { FIRST } else { &chosen.view };
    let gone =
        || Fault::Missing(format!("There is no view '{named}'. The page Views lists those there are."));
    let view = ready(named).ok_or_else(gone)?;
    let shown = tried(&app, &inside, &view.text).await?;
    Ok(inside.page(Tab::Views, "Views", &drawn(&inside, &view.slug, &view.text, &shown)))
}

/// `POST …/views`: only the rows where a script asks, otherwise the page again.
pub(crate) async fn attempt(
    State(app): State<App>,
    inside: Inside,
    headers: HeaderMap,
    form: PageForm<Written>,
) -> Result<Response, Fault> {
    let text = form.fields.text;
    let shown = tried(&app, &inside, &text).await?;
    if headers.contains_key("hx-request") {
        return Ok(shown.into_response());
    }
    Ok(inside.page(Tab::Views, "Views", &drawn(&inside, "", &text, &shown)).into_response())
}

/// Runs what is written, away from the threads that serve.
async fn tried(app: &App, inside: &Inside, text: &str) -> Result<Markup, Fault> {
    if text.len() > TEXT_BYTES_MAX {
        let what = format!("A view may have {TEXT_BYTES_MAX} bytes; this one has {}.", text.len());
        return Err(Fault::Refused(what));
    }
    let asked = text.to_owned();
    let tried = inside.run(app, move |_, access| try_view(access, &asked, ROWS_SHOWN)).await?;
    Ok(outcome(inside, text, &tried))
}

fn drawn(inside: &Inside, chosen: &str, text: &str, shown: &Markup) -> Markup {
    let action = inside.to("views");
    let editor = html! {
        form.view-editor method="post" action=(action) hx-post=(action) hx-target="#view-rows" hx-swap="innerHTML"
            hx-trigger="input delay:400ms, submit" hx-sync="this:replace" {
            (csrf_field(&inside.visitor.csrf))
            (Field::new("text", "ViewDefinition").takes(Takes::Block).value(text)
                .hint("SQL on FHIR: run over this hospital as you type. Paths are FHIRPath."))
            div.form-actions { (submit("Run", Look::Primary)) }
        }
    };
    html! {
        div.view-page {
            h2 { "Views" }
            p.quiet { "A view says which resources become rows of which columns. Begin with one of these, and change it." }
            nav.view-ready aria-label="Views to begin with" {
                ul { @for view in ready_views() {
                    li { a href={ (action) "?view=" (view.slug) } title=(view.description) aria-current=[(view.slug == chosen).then_some("page")] { (view.title) } }
                } }
            }
            div.view-pair {
                (card("Definition", &html! {}, &editor))
                section.card aria-labelledby="view-rows-title" {
                    header.card-head { h2 id="view-rows-title" { "Rows" } }
                    div.card-body id="view-rows" aria-live="polite" { (shown) }
                }
            }
        }
    }
}
