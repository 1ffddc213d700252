use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

use super::fault::said_at;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;

#[derive(Deserialize)]
pub(super) struct Answered {
    ask: String,
    #[serde(default)]
    yes: String,
}

/// `POST /mentoring/answer`.
pub(super) async fn answer(State(app): State<App>, form: PageForm<Answered>) -> Result<Response, Fault> {
    let yes = !form.fields.yes.is_empty();
    let done =
        app.run(move |platform| platform.answer_ask(&form.visitor.person, &form.fields.ask, yes)).await;
    let words = if yes {
        "You are a pair. Arrange the first session."
    } else {
        "Thank you for answering; the next one is asked."
    };
    said_at(done, "/mentoring", words)
}

/// `POST /mentoring/rematch`.
pub(super) async fn rematch(State(app): State<App>, form: PageForm<Answered>) -> Result<Response, Fault> {
    let done = app.run(move |platform| platform.rematch(&form.visitor.person, &form.fields.ask)).await;
    said_at(done, "/mentoring", "This pair is ended, and the next mentor is asked.")
}
