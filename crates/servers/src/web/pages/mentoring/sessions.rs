use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use platform::mentoring::{MentorSession, NewSession, Pair};
use serde::Deserialize;

use super::fault::said_at;
use super::mine::Known;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::{at, iso};
use crate::web::ui::{
    Choice, Field, Look, Select, Takes, Tone, card, link_button, moment, post_form, submit, tag,
};

/// The form that arranges a session.
pub(super) fn arrange_form(pairs: &[Pair], csrf: &str) -> Markup {
    let with: Vec<Choice<'_>> = pairs.iter().map(|pair| Choice::new(&pair.id, &pair.other.name)).collect();
    let body = html! {
        div.form-grid {
            (Select::new("pair", "With", &with))
            (Field::new("title", "What about").required())
            (Field::new("begins", "Begins, in UTC").takes(Takes::DateTime).required())
            (Field::new("minutes", "Minutes").takes(Takes::Number).value("45").required())
        }
        (Field::new("agenda", "Agenda").takes(Takes::Block).hint("A line for each thing you want to talk about.").required())
        div.form-actions { (submit("Arrange it", Look::Primary)) }
    };
    post_form("/mentoring/sessions", csrf, &body)
}

/// Sessions, each with its agenda and what was agreed.
pub(super) fn session_cards(known: &Known, csrf: &str) -> Markup {
    html! {
        @for one in &known.sessions { (card(&one.title, &state(one), &session(known, one, csrf))) }
        @if known.sessions.len() > 1 { div.row { (link_button("All sessions for your calendar", "/mentoring/sessions.ics", Look::Plain)) } }
    }
}

fn state(one: &MentorSession) -> Markup {
    html! { @if one.cancelled { (tag(Tone::Warn, "called off")) } }
}

fn session(known: &Known, one: &MentorSession, csrf: &str) -> Markup {
    let root = format!("/mentoring/sessions/{}", one.id);
    html! {
        p { (moment(&iso(one.begins_us), &at(one.begins_us))) " UTC, " (one.minutes) " minutes, "
            (known.name(one.learner.as_str())) " with " (known.name(one.mentor.as_str())) }
        h3 { "Agenda" }
        ul { @for line in one.agenda.lines().filter(|line| !line.trim().is_empty()) { li { (line) } } }
        h3 { "Agreed" }
        @if one.actions.is_empty() { p.quiet { "Nothing yet." } }
        ul.plain.stack.stack-tight {
            @for (number, action) in one.actions.iter().enumerate() {
                li { (post_form(&format!("{root}/done"), csrf, &html! {
                    input type="hidden" name="at" value=(number);
                    div.row {
                        @if action.done { (tag(Tone::Good, "done")) span { (action.what) } (submit("Not done", Look::Quiet)) }
                        @else { input type="hidden" name="done" value="yes"; (tag(Tone::Neutral, "open")) span { (action.what) } (submit("Done", Look::Quiet)) }
                    }
                })) }
            }
        }
        (post_form(&format!("{root}/actions"), csrf, &html! {
            (Field::new("what", "To be done").id(&format!("what-{}", one.id)).autocomplete("off").required())
            div.form-actions { (submit("Add", Look::Plain)) (link_button("For your calendar", &format!("{root}/session.ics"), Look::Plain)) }
        }))
        @if !one.cancelled { (post_form(&format!("{root}/cancel"), csrf, &html! { div { (submit("Call it off", Look::Quiet)) } })) }
    }
}

#[derive(Deserialize)]
pub(super) struct Arranged {
    pair: String,
    title: String,
    begins: String,
    minutes: String,
    #[serde(default)]
    agenda: String,
}

/// `POST /mentoring/sessions`.
pub(super) async fn arrange(State(app): State<App>, form: PageForm<Arranged>) -> Result<Response, Fault> {
    let (person, sent) = (form.visitor.person, form.fields);
    let done = app.run(move |platform| {
        let new = NewSession {
            pair: &sent.pair,
            title: &sent.title,
            begins: &sent.begins,
            minutes: sent.minutes.trim().parse().unwrap_or(0),
            agenda: &sent.agenda,
        };
        platform.arrange_session(&person, &new)
    });
    said_at(done.await, "/mentoring", "The session is arranged; put it into your calendar.")
}

#[derive(Deserialize)]
pub(super) struct Agreed {
    what: String,
}

/// `POST /mentoring/sessions/{session}/actions`.
pub(super) async fn add_action(
    State(app): State<App>,
    Path(session): Path<String>,
    form: PageForm<Agreed>,
) -> Result<Response, Fault> {
    let done =
        app.run(move |platform| platform.add_action(&form.visitor.person, &session, &form.fields.what)).await;
    said_at(done, "/mentoring", "Agreed.")
}

#[derive(Deserialize)]
pub(super) struct Done {
    at: usize,
    #[serde(default)]
    done: String,
}

/// `POST /mentoring/sessions/{session}/done`.
pub(super) async fn set_action(
    State(app): State<App>,
    Path(session): Path<String>,
    form: PageForm<Done>,
) -> Result<Response, Fault> {
    let done = app.run(move |platform| {
        platform.set_action(&form.visitor.person, &session, form.fields.at, !form.fields.done.is_empty())
    });
    said_at(done.await, "/mentoring", "Noted.")
}

#[derive(Deserialize)]
pub(super) struct Nothing {}

/// `POST /mentoring/sessions/{session}/cancel`.
pub(super) async fn cancel(
    State(app): State<App>,
    Path(session): Path<String>,
    form: PageForm<Nothing>,
) -> Result<Response, Fault> {
    let done = app.run(move |platform| platform.cancel_session(&form.visitor.person, &session)).await;
    said_at(done, "/mentoring", "The session is called off; the calendar file says so too.")
}

/// `GET /mentoring/sessions.ics`: all sessions.
pub(super) async fn calendar(State(app): State<App>, visitor: Visitor) -> Result<Response, Fault> {
    file(app.run(move |platform| platform.session_calendar(&visitor.person, None)).await?)
}

/// `GET /mentoring/sessions/{session}/session.ics`.
pub(super) async fn one(
    State(app): State<App>,
    visitor: Visitor,
    Path(session): Path<String>,
) -> Result<Response, Fault> {
    file(app.run(move |platform| platform.session_calendar(&visitor.person, Some(&session))).await?)
}

fn file(text: String) -> Result<Response, Fault> {
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"mentoring.ics\""),
    ];
    Ok((headers, text).into_response())
}
