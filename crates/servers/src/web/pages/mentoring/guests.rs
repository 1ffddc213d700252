use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use platform::mentoring::{Guest, MentoringError, Side};
use platform::people::Person;
use platform::sandboxes::SandboxRecord;
use serde::Deserialize;

use super::fault::said_at;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::said::Said;
use crate::web::pages::words::capital;
use crate::web::ui::{Look, Tone, link_button, post_form, submit, submit_as, tag};

/// A learner's hospitals, each with a button that asks their mentor in or out.
pub(super) fn invite_form(to_show: &[(SandboxRecord, Person, bool)], csrf: &str) -> Markup {
    html! {
        p { "Your mentor sees what you see there and can change nothing. What they open stands in your journal." }
        ul.plain.stack.stack-tight {
            @for (sandbox, mentor, open) in to_show {
                li { (post_form("/mentoring/guests", csrf, &html! {
                    input type="hidden" name="sandbox" value=(sandbox.id);
                    div.row {
                        span { (sandbox.title) }
                        @if *open { (tag(Tone::Info, &format!("open to {}", mentor.name))) (submit_as("Ask them out", Look::Quiet, "open", "")) }
                        @else { (submit_as("Ask them in", Look::Plain, "open", "yes")) }
                    }
                })) }
            }
        }
    }
}

/// The hospitals that a mentor may look into.
pub(super) fn open_hospitals(open: &[Guest], csrf: &str) -> Markup {
    html! {
        ul.plain.stack.stack-tight {
            @for one in open {
                li { (post_form(&format!("/mentoring/look/{}", one.sandbox.id), csrf, &html! {
                    div.row {
                        span { (one.sandbox.title) ", of " (one.owner.name) }
                        (submit("Look in", Look::Plain))
                        @if let Some(attempt) = &one.sandbox.attempt { (link_button("Play it back", &format!("/attempts/{attempt}/replay"), Look::Quiet)) }
                    }
                })) }
            }
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Opened {
    sandbox: String,
    #[serde(default)]
    open: String,
}

/// `POST /mentoring/guests`: asks one's mentor into a hospital, or out of it.
pub(super) async fn invite(State(app): State<App>, form: PageForm<Opened>) -> Result<Response, Fault> {
    let (person, sent) = (form.visitor.person, form.fields);
    let open = !sent.open.is_empty();
    let done = app.run(move |platform| {
        let pairs = platform.pairs_of(&person)?;
        let pair = pairs.into_iter().find(|pair| pair.side == Side::Learner);
        let mentor = pair.ok_or(MentoringError::NotYours("mentor"))?.other;
        if open {
            platform.invite_mentor(&person, &sent.sandbox, &mentor)
        } else {
            platform.uninvite_mentor(&person, &sent.sandbox, &mentor)
        }
    });
    let words = if open { "Your mentor may look in." } else { "Your mentor may look in no longer." };
    said_at(done.await, "/mentoring", words)
}

#[derive(Deserialize)]
pub(super) struct Nothing {}

/// `POST /mentoring/look/{sandbox}`: begins to look into a learner's hospital.
pub(super) async fn look(
    State(app): State<App>,
    Path(sandbox): Path<String>,
    form: PageForm<Nothing>,
) -> Result<Response, Fault> {
    let to = format!("/sandboxes/{sandbox}/journal");
    app.run(move |platform| platform.begin_to_look(&form.visitor.person, &sandbox)).await?;
    Ok(Redirect::to(&to).into_response())
}

#[derive(Deserialize)]
pub(super) struct Mark {
    #[serde(default)]
    entry: String,
    words: String,
}

/// `POST /mentoring/look/{sandbox}/mark`.
pub(super) async fn mark(
    State(app): State<App>,
    Path(sandbox): Path<String>,
    form: PageForm<Mark>,
) -> Result<Response, Fault> {
    let to = format!("/sandboxes/{sandbox}/journal");
    let entry = form.fields.entry.trim().parse().ok();
    let done = app
        .run(move |platform| platform.leave_mark(&form.visitor.person, &sandbox, entry, &form.fields.words));
    match done.await {
        Ok(()) => Ok(Said::well("Your mark stands in the journal.").at(&to)),
        Err(error @ MentoringError::Invalid { .. }) => {
            Ok(Said::badly(format!("{}.", capital(&error.to_string()))).at(&to))
        }
        Err(other) => Err(other.into()),
    }
}
