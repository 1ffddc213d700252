use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::visitor::theme_of;
use crate::web::ui::{Field, Look, Page, Tone, narrow_sheet, notice, page, submit};

#[derive(Deserialize)]
pub(crate) struct Given {
    #[serde(default)]
    token: String,
}

/// `GET /credentials`: where somebody who was sent a signed credential can have it checked.
pub(crate) async fn check_page(headers: HeaderMap) -> Markup {
    shown(&headers, &html! {})
}

/// `POST /credentials`: leads to the badge if it is genuine. It changes nothing, so anybody may ask.
pub(crate) async fn check(
    State(app): State<App>,
    headers: HeaderMap,
    Form(given): Form<Given>,
) -> Result<Response, Fault> {
    let found = app.run(move |platform| platform.recognise_badge(&given.token)).await?;
    Ok(match found {
        Some(id) => Redirect::to(&format!("/credentials/{id}")).into_response(),
        None => {
            let words = html! { p { "This house did not sign this text, or it was changed afterwards. Ask whoever sent it for the address of the badge." } };
            let page = shown(&headers, &notice(Tone::Bad, Some("Not genuine"), &words));
            (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
        }
    })
}

fn shown(headers: &HeaderMap, found: &Markup) -> Markup {
    let title = "Check a badge";
    let content = html! {
        @if !found.clone().into_string().is_empty() { div role="alert" { (found) } }
        p { "Paste the signed credential that you were given: three parts of letters and digits, joined by dots." }
        form.form method="post" action="/credentials" {
            (Field::new("token", "Signed credential").autocomplete("off").required())
            div { (submit("Check it", Look::Primary)) }
        }
    };
    page(&Page { title, theme: theme_of(headers), ..Page::default() }, &narrow_sheet(title, &content))
}
