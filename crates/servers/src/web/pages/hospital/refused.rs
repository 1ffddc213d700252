use axum::extract::{FromRequestParts, RawPathParams, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;

use super::inside::{Inside, Tab};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::ui::{Tone, card, notice};

/// Draws a refusal for want of a permission inside the hospital, beside the switch to another role; and leads from a
/// restricted chart to where a reason is given. A script has no page to draw on and gets the refusal as it is.
pub(super) async fn redraw(State(app): State<App>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let by_script = parts.headers.contains_key("hx-request");
    let mut again = parts.clone();
    let params = RawPathParams::from_request_parts(&mut parts, &app).await;
    let patient = params.ok().and_then(|params| {
        let found = params.iter().find(|(name, _)| *name == "patient")?;
        Some(found.1.to_owned())
    });
    let response = next.run(Request::from_parts(parts, body)).await;
    let Some(fault) = response.extensions().get::<Fault>().filter(|_| !by_script) else { return response };
    let status = response.status();
    let Ok(inside) = Inside::from_request_parts(&mut again, &app).await else { return response };
    match (fault, patient) {
        (Fault::Restricted(_), Some(patient)) => {
            Redirect::to(&inside.to_chart(&patient, "break-glass")).into_response()
        }
        (Fault::Denied(why) | Fault::Restricted(why), _) => {
            let words = notice(Tone::Bad, None, &html! { p { (capitalised(why)) "." } });
            let work = card("Not permitted", &html! {}, &html! { div role="alert" { (words) } });
            (status, inside.page(Tab::None, "Not permitted", &work)).into_response()
        }
        _ => response,
    }
}

fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
