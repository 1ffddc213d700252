use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use platform::workshops::WorkshopError;

use super::fault::words;
use super::fields::Fields;
use crate::state::App;
use crate::web::pages::attempt::quietly;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::said::Said;

/// `POST /workshops/{workshop}/act`: every form of the room; its field `do` says what is wanted.
pub(super) async fn act(
    State(app): State<App>,
    Path(workshop): Path<String>,
    headers: HeaderMap,
    form: PageForm<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let (act, words_then) = Fields(form.fields).act().ok_or(Fault::Unreadable)?;
    let (person, asked) = (form.visitor.person, workshop.clone());
    let done = app.run(move |platform| platform.act_in_workshop(&person, &asked, &act)).await;
    let said = match done {
        Ok(()) => Said::well(words_then),
        Err(error @ (WorkshopError::Refused(_) | WorkshopError::Invalid { .. } | WorkshopError::Gone)) => {
            Said::badly(words(&error))
        }
        Err(error) => return Err(error.into()),
    };
    Ok(quietly(&headers, &said, &format!("/workshops/{workshop}")))
}
