use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use platform::lake::{LakeError, drop_question};
use serde::Deserialize;

use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::hospital::inside::Inside;
use crate::web::ui::{Tone, notice};

/// A cell that is kept under a name, or is kept no longer.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Named {
    name: String,
    purpose: String,
    sql: String,
    chart: String,
}

/// `POST …/lake/question`: keeps a cell under a name.
pub(super) async fn save(
    State(app): State<App>,
    inside: Inside,
    headers: HeaderMap,
    form: PageForm<Named>,
) -> Result<Response, Fault> {
    let Named { name, purpose, sql, chart } = form.fields;
    let saved = inside
        .run(&app, move |platform, access| {
            let purpose = Some(purpose.as_str());
            match platform.save_lake_question(access, (&name, &sql), purpose, &chart) {
                Err(error @ LakeError::Store(_)) => Err(error),
                saved => Ok(saved),
            }
        })
        .await?;
    let is_asked_by_script = headers.contains_key("hx-request");
    match saved {
        Ok(saved) if is_asked_by_script => Ok(kept(&saved.name).into_response()),
        Ok(_) => Ok(Redirect::to(&inside.to("lake")).into_response()),
        Err(error) if is_asked_by_script => Ok(refused(&error).into_response()),
        Err(error) => Err(error.into()),
    }
}

/// `POST …/lake/question/remove`: forgets a question.
pub(super) async fn remove(
    State(app): State<App>,
    inside: Inside,
    form: PageForm<Named>,
) -> Result<Redirect, Fault> {
    inside.run(&app, move |_, access| drop_question(access, &form.fields.name)).await?;
    Ok(Redirect::to(&inside.to("lake")))
}

fn kept(name: &str) -> Markup {
    html! { p.quiet role="status" { "Saved as " strong { (name) } "." } }
}

fn refused(error: &LakeError) -> Markup {
    notice(Tone::Bad, Some("Not saved"), &html! { p { (error) "." } })
}
