use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use platform::drills::{Answered, DrillError};
use serde::Deserialize;

use crate::state::App;
use crate::web::pages::attempt::quietly;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::said::Said;
use crate::web::pages::words::{at, capital};

/// Says what became of a form on the console.
fn said_at(headers: &HeaderMap, drill: &str, done: Result<Said, DrillError>) -> Result<Response, Fault> {
    let said = match done {
        Ok(said) => said,
        Err(DrillError::Refused(why)) => Said::badly(format!("{}.", capital(&why))),
        Err(error) => return Err(error.into()),
    };
    Ok(quietly(headers, &said, &format!("/drills/{drill}")))
}

#[derive(Deserialize)]
pub(super) struct Given {
    command: String,
    key: String,
}

/// `POST /drills/{drill}/give`: a command.
pub(super) async fn give(
    State(app): State<App>,
    Path(drill): Path<String>,
    headers: HeaderMap,
    form: PageForm<Given>,
) -> Result<Response, Fault> {
    let (person, asked, Given { command, key }) = (form.visitor.person, drill.clone(), form.fields);
    let done = app.run(move |platform| platform.give_in_drill(&person, &asked, &key, &command)).await;
    let done = done.map(|answered| match answered {
        Answered::Begun(until_us) => {
            let until = at(until_us);
            Said::well(format!("At work until {}.", until.rsplit(' ').next().unwrap_or_default()))
        }
        Answered::Refused(why) => Said::badly(why),
        Answered::Before(_) => Said::well("That was given before; it counts once."),
    });
    said_at(&headers, &drill, done)
}

#[derive(Deserialize)]
pub(super) struct Passed {
    minutes: u32,
}

/// `POST /drills/{drill}/pass`: lets minutes pass.
pub(super) async fn pass(
    State(app): State<App>,
    Path(drill): Path<String>,
    headers: HeaderMap,
    form: PageForm<Passed>,
) -> Result<Response, Fault> {
    let (person, asked, minutes) = (form.visitor.person, drill.clone(), form.fields.minutes);
    let done = app.run(move |platform| platform.pass_in_drill(&person, &asked, minutes)).await;
    let words = if minutes == 1 { "A minute later.".to_owned() } else { format!("{minutes} minutes later.") };
    said_at(&headers, &drill, done.map(|()| Said::well(words)))
}

#[derive(Deserialize)]
pub(super) struct Clocked {
    #[serde(default)]
    runs: String,
}

/// `POST /drills/{drill}/clock`: lets the clock run, or stops it.
pub(super) async fn clock(
    State(app): State<App>,
    Path(drill): Path<String>,
    headers: HeaderMap,
    form: PageForm<Clocked>,
) -> Result<Response, Fault> {
    let (person, asked, runs) = (form.visitor.person, drill.clone(), !form.fields.runs.is_empty());
    let done = app.run(move |platform| platform.run_drill(&person, &asked, runs)).await;
    said_at(
        &headers,
        &drill,
        done.map(|()| Said::well(if runs { "The clock runs." } else { "The clock stands." })),
    )
}

#[derive(Deserialize)]
pub(super) struct Injected {
    inject: String,
}

/// `POST /drills/{drill}/inject`: an inject by hand.
pub(super) async fn inject(
    State(app): State<App>,
    Path(drill): Path<String>,
    headers: HeaderMap,
    form: PageForm<Injected>,
) -> Result<Response, Fault> {
    let (person, asked, inject) = (form.visitor.person, drill.clone(), form.fields.inject);
    let done = app.run(move |platform| platform.inject_in_drill(&person, &asked, &inject)).await;
    said_at(&headers, &drill, done.map(|()| Said::well("It has come.")))
}

#[derive(Deserialize)]
pub(super) struct Chosen {
    #[serde(default)]
    role: Vec<String>,
}

/// `POST /drills/{drill}/roles`: who the reader is.
pub(super) async fn roles(
    State(app): State<App>,
    Path(drill): Path<String>,
    headers: HeaderMap,
    form: PageForm<Chosen>,
) -> Result<Response, Fault> {
    let (person, asked, roles) = (form.visitor.person, drill.clone(), form.fields.role);
    let done = app.run(move |platform| platform.take_drill_roles(&person, &asked, &roles)).await;
    said_at(&headers, &drill, done.map(|()| Said::well("These are your roles now.")))
}

#[derive(Deserialize)]
pub(super) struct Nothing {}

/// `POST /drills/{drill}/end`: ends it before its time.
pub(super) async fn end(
    State(app): State<App>,
    Path(drill): Path<String>,
    headers: HeaderMap,
    form: PageForm<Nothing>,
) -> Result<Response, Fault> {
    let (person, asked) = (form.visitor.person, drill.clone());
    let done = app.run(move |platform| platform.end_drill(&person, &asked)).await;
    said_at(&headers, &drill, done.map(|()| Said::well("The drill is over.")))
}
