use axum::extract::{Path, State};
use axum::response::Response;
use platform::projects::ProjectError;
use serde::Deserialize;

use super::fault::{is_told, words};
use super::fields::Fields;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::said::Said;

/// `POST /projects/{project}/act`: every form of the pages that sends no file; its field `do` says what is wanted.
pub(super) async fn act(
    State(app): State<App>,
    Path(project): Path<String>,
    form: PageForm<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let fields = Fields(form.fields);
    let path = format!("/projects/{project}{}", fields.back());
    let (act, then) = fields.act().ok_or(Fault::Unreadable)?;
    let person = form.visitor.person;
    settled(app.run(move |platform| platform.act_in_project(&person, &project, &act)).await, then, &path)
}

#[derive(Deserialize)]
pub(super) struct Nothing {}

/// `POST /projects/{project}/look`.
pub(super) async fn look(
    State(app): State<App>,
    Path(project): Path<String>,
    form: PageForm<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let path = format!("/projects/{project}{}", Fields(form.fields).back());
    let person = form.visitor.person;
    let done = app.run(move |platform| platform.look_at_project(&person, &project)).await;
    settled(done, "The hospital was looked at; this is how it stands.", &path)
}

/// `POST /projects/{project}/close`.
pub(super) async fn close(
    State(app): State<App>,
    Path(project): Path<String>,
    form: PageForm<Nothing>,
) -> Result<Response, Fault> {
    let (person, path) = (form.visitor.person, format!("/projects/{project}/result"));
    let done = app.run(move |platform| platform.close_project(&person, &project)).await;
    settled(done, "The project is closed. What came of it stands in everybody’s portfolio.", &path)
}

/// Back to a page, where it is said what was done or why not.
pub(super) fn settled(done: Result<(), ProjectError>, then: &str, path: &str) -> Result<Response, Fault> {
    match done {
        Ok(()) => Ok(Said::well(then).at(path)),
        Err(error) if is_told(&error) => Ok(Said::badly(words(&error)).at(path)),
        Err(error) => Err(error.into()),
    }
}
