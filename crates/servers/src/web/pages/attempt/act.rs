use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use platform::Platform;
use platform::labs::{AttemptId, Grain, LabError};
use platform::people::Person;
use serde::Deserialize;

use super::quiet::quietly;
use crate::hands::InHouse;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::said::Said;
use crate::web::pages::words::{capital, percent};

#[derive(Deserialize)]
pub(crate) struct Of {
    attempt: String,
}

impl Of {
    fn id(&self) -> AttemptId {
        AttemptId::from(self.attempt.as_str())
    }

    fn workspace(&self) -> String {
        format!("/attempts/{}/patients", self.attempt)
    }
}

#[derive(Deserialize)]
pub(crate) struct Nothing {}

/// `POST /attempts/{attempt}/check`: looks at everything because the learner asks.
pub(crate) async fn check(
    State(app): State<App>,
    Path(of): Path<Of>,
    headers: HeaderMap,
    form: PageForm<Nothing>,
) -> Result<Response, Fault> {
    let (id, person) = (of.id(), form.visitor.person);
    let hands = InHouse::new(app.clone());
    let done = app.run(move |platform| {
        platform.check_attempt(&person, &id, &hands)?;
        tally(platform, &person, &id)
    });
    Ok(quietly(&headers, &said(done.await)?, &of.workspace()))
}

#[derive(Deserialize)]
pub(crate) struct Answered {
    check: String,
    #[serde(default)]
    value: String,
}

/// `POST /attempts/{attempt}/answer`.
pub(crate) async fn answer(
    State(app): State<App>,
    Path(of): Path<Of>,
    headers: HeaderMap,
    form: PageForm<Answered>,
) -> Result<Response, Fault> {
    let (id, person, fields) = (of.id(), form.visitor.person, form.fields);
    let hands = InHouse::new(app.clone());
    let done = app.run(move |platform| {
        platform.answer(&person, &id, &fields.check, &fields.value, &hands)?;
        let view = platform.view_attempt(&person, &id, "")?;
        let mut checks = view.steps.into_iter().flat_map(|step| step.checks);
        let found = checks.find(|check| check.id == fields.check).and_then(|check| check.observed);
        Ok(found.unwrap_or_else(|| "Your answer is kept.".to_owned()))
    });
    Ok(quietly(&headers, &said(done.await)?, &of.workspace()))
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    check: String,
}

/// `POST /attempts/{attempt}/hint`.
pub(crate) async fn hint(
    State(app): State<App>,
    Path(of): Path<Of>,
    headers: HeaderMap,
    form: PageForm<Asked>,
) -> Result<Response, Fault> {
    let (id, person, check) = (of.id(), form.visitor.person, form.fields.check);
    let done = app.run(move |platform| platform.take_hint(&person, &id, &check)).await;
    let words = done.map(|hint| {
        let price =
            if hint.free { "free".to_owned() } else { format!("{} of the check", percent(hint.price)) };
        format!("{} opened, {price}.", capital(hint.name))
    });
    Ok(quietly(&headers, &said(words)?, &of.workspace()))
}

/// `POST /attempts/{attempt}/undo`.
pub(crate) async fn undo(
    State(app): State<App>,
    Path(of): Path<Of>,
    form: PageForm<Nothing>,
) -> Result<Response, Fault> {
    let (id, person) = (of.id(), form.visitor.person);
    let done = app.run(move |platform| platform.undo_in_attempt(&person, &id)).await;
    let words = done.map(|undone| {
        if undone { "Your last change is undone." } else { "There is nothing of yours to undo." }.to_owned()
    });
    Ok(said(words)?.at(&of.workspace()))
}

#[derive(Deserialize)]
pub(crate) struct Back {
    grain: String,
}

/// `POST /attempts/{attempt}/reset`.
pub(crate) async fn reset(
    State(app): State<App>,
    Path(of): Path<Of>,
    form: PageForm<Back>,
) -> Result<Response, Fault> {
    let (id, person) = (of.id(), form.visitor.person);
    let grain = grain(&form.fields.grain)?;
    let done = app.run(move |platform| platform.reset_attempt(&person, &id, &grain)).await;
    let (path, words) = match done {
        Ok(attempt) => {
            (format!("/attempts/{}/patients", attempt.id), Ok("Put back. You can begin again.".to_owned()))
        }
        Err(error) => (of.workspace(), Err(error)),
    };
    Ok(said(words)?.at(&path))
}

fn grain(word: &str) -> Result<Grain, Fault> {
    match word {
        "lab" => Ok(Grain::Lab),
        "sandbox" => Ok(Grain::Sandbox),
        "track" => Ok(Grain::Track),
        other => {
            other.strip_prefix("step:").map(|step| Grain::Step(step.to_owned())).ok_or(Fault::Unreadable)
        }
    }
}

/// How far the attempt is, in a sentence.
fn tally(platform: &Platform, person: &Person, id: &AttemptId) -> Result<String, LabError> {
    let view = platform.view_attempt(person, id, "")?;
    let far = format!("{} of {} checks passed", view.green, view.musts);
    let traps = view.tripped.len();
    Ok(match (view.finished.is_some(), traps) {
        (true, _) => "Lab finished.".to_owned(),
        (_, 0) => format!("{far}."),
        (_, 1) => format!("{far}, and a safety trap stands open."),
        (_, many) => format!("{far}, and {many} safety traps stand open."),
    })
}

/// What is said of an act: the words of its success, or why it was refused. What is not about the act is a fault.
fn said(done: Result<String, LabError>) -> Result<Said, Fault> {
    match done {
        Ok(words) => Ok(Said::well(words)),
        Err(
            error @ (LabError::Over(_) | LabError::Hint(_) | LabError::NotBegun(_) | LabError::NoSandbox),
        ) => {
            let words = error.to_string();
            Ok(Said::badly(format!("{}.", capital(&words))))
        }
        Err(error) => Err(error.into()),
    }
}
