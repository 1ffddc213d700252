use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use platform::people::PersonId;
use platform::programme::{CohortView, Member, Part};
use serde::Deserialize;

use super::cohorts::days;
use super::fault::said_at;
use super::frame::{CohortTab, cohort_page};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::visitor::Visitor;
use crate::web::ui::{
    Choice, Column, Field, Icon, Look, Row, Select, Takes, card, empty, post_form, submit, table,
};

const INTRO: &str = "Who is in this cohort, what they are to take, and by when.";

/// `GET /programme/cohorts/{cohort}/people`.
pub(super) async fn people(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Markup, Fault> {
    let (person, wanted) = (visitor.person.clone(), id.clone());
    let (view, tracks) = app
        .run(move |platform| {
            let tracks: Vec<(String, String)> =
                platform.catalogue().tracks.iter().map(|one| (one.id.clone(), one.title.clone())).collect();
            platform.cohort(&person, &wanted).map(|view| (view, tracks))
        })
        .await?;
    let content = html! {
        (card("Tracks", &html! {}, &assigned(&view, &tracks, &visitor.csrf)))
        (card("People", &html! {}, &html! { (members(&view, &visitor.csrf)) (enrol_form(&id, &visitor.csrf)) }))
    };
    Ok(cohort_page(&visitor, (&id, &view.cohort.title), CohortTab::People, INTRO, &content))
}

fn assigned(view: &CohortView, tracks: &[(String, String)], csrf: &str) -> Markup {
    let root = format!("/programme/cohorts/{}/tracks", view.cohort.id);
    let columns = [Column::wide("Track"), Column::text("Days"), Column::text("Take back")];
    let title = |slug: &str| {
        tracks.iter().find(|(id, _)| id == slug).map_or(slug.to_owned(), |(_, title)| title.clone())
    };
    let row = |one: &platform::programme::Assignment| {
        let body =
            html! { input type="hidden" name="track" value=(one.track); (submit("Take back", Look::Quiet)) };
        Row::new(vec![
            html! { (title(&one.track)) },
            days(one.opens_on.as_deref(), one.due_on.as_deref()),
            post_form(&format!("{root}/remove"), csrf, &body),
        ])
    };
    let rows: Vec<Row> = view.assignments.iter().map(row).collect();
    let why = "Until a track is assigned, the matrix shows every lab there is.";
    let choices: Vec<Choice<'_>> = tracks.iter().map(|(id, title)| Choice::new(id, title)).collect();
    html! {
        (table("Assigned tracks", &columns, &rows, &empty(Icon::Lab, "Nothing is assigned", why, &html! {})))
        (post_form(&root, csrf, &html! {
            div.form-grid {
                (Select::new("track", "Track", &choices))
                (Field::new("opens_on", "Opens on").takes(Takes::Date))
                (Field::new("due_on", "Due on").takes(Takes::Date))
            }
            div.form-actions { (submit("Assign the track", Look::Primary)) }
        }))
    }
}

fn members(view: &CohortView, csrf: &str) -> Markup {
    let columns = [
        Column::text("Name"),
        Column::text("Login"),
        Column::text("Part"),
        Column::text("Days added to due days"),
        Column::text("Take out"),
    ];
    let row = |member: &Member| member_row(&view.cohort.id, member, csrf);
    let rows: Vec<Row> = view.members.iter().map(row).collect();
    let why = "Read a class list, or add somebody who has an account.";
    table("People of the cohort", &columns, &rows, &empty(Icon::Person, "Nobody yet", why, &html! {}))
}

fn member_row(cohort: &str, member: &Member, csrf: &str) -> Row {
    let person = &member.person;
    let root = format!("/programme/cohorts/{cohort}/people");
    let id = html! { input type="hidden" name="person" value=(person.id); };
    let days = html! {
        (id)
        div.row {
            label.visually-hidden for={ "days-" (person.id) } { "Days added for " (person.name) }
            input.control.short id={ "days-" (person.id) } name="days" inputmode="numeric" value=(member.extra_days);
            (submit("Set", Look::Quiet))
        }
    };
    let learns = member.part == Part::Learner;
    Row::new(vec![
        html! { @if learns { a href={ "/class/" (person.id) } { (person.name) } } @else { (person.name) } },
        html! { (person.login) },
        html! { (member.part.word()) },
        html! { @if learns { (post_form(&format!("{root}/days"), csrf, &days)) } },
        post_form(&format!("{root}/leave"), csrf, &html! { (id) (submit("Take out", Look::Quiet)) }),
    ])
}

fn enrol_form(cohort: &str, csrf: &str) -> Markup {
    let hint = "Of somebody who has an account. Learners learn, instructors teach.";
    post_form(
        &format!("/programme/cohorts/{cohort}/people"),
        csrf,
        &html! {
            (Field::new("login", "Login").hint(hint).autocomplete("off").required())
            div.form-actions { (submit("Add to the cohort", Look::Plain)) }
        },
    )
}

#[derive(Deserialize)]
pub(super) struct Login {
    login: String,
}

/// `POST …/people`.
pub(super) async fn enrol(
    State(app): State<App>,
    Path(id): Path<String>,
    form: PageForm<Login>,
) -> Result<Response, Fault> {
    let path = format!("/programme/cohorts/{id}/people");
    let done = app.run(move |platform| platform.enrol(&form.visitor.person, &id, &form.fields.login)).await;
    said_at(done, &path, |person| format!("{} is in this cohort.", person.name))
}

#[derive(Deserialize)]
pub(super) struct OnePerson {
    person: String,
    #[serde(default)]
    days: String,
}

/// `POST …/people/leave`.
pub(super) async fn leave(
    State(app): State<App>,
    Path(id): Path<String>,
    form: PageForm<OnePerson>,
) -> Result<Response, Fault> {
    let path = format!("/programme/cohorts/{id}/people");
    let person = PersonId::from(form.fields.person);
    let done = app.run(move |platform| platform.leave_cohort(&form.visitor.person, &id, &person)).await;
    said_at(done, &path, |()| "They are in this cohort no longer; what they did stays theirs.".to_owned())
}

/// `POST …/people/days`.
pub(super) async fn add_days(
    State(app): State<App>,
    Path(id): Path<String>,
    form: PageForm<OnePerson>,
) -> Result<Response, Fault> {
    let path = format!("/programme/cohorts/{id}/people");
    let person = PersonId::from(form.fields.person);
    // What is no number is as wrong as a number that is too large.
    let days = form.fields.days.trim().parse().unwrap_or(u32::MAX);
    let done = app.run(move |platform| platform.add_days(&form.visitor.person, &id, &person, days)).await;
    said_at(done, &path, |()| "The due days of this learner have moved.".to_owned())
}

#[derive(Deserialize)]
pub(super) struct Assigned {
    track: String,
    #[serde(default)]
    opens_on: String,
    #[serde(default)]
    due_on: String,
}

/// `POST …/tracks`.
pub(super) async fn assign(
    State(app): State<App>,
    Path(id): Path<String>,
    form: PageForm<Assigned>,
) -> Result<Response, Fault> {
    let (path, sent) = (format!("/programme/cohorts/{id}/people"), form.fields);
    let done = app.run(move |platform| {
        platform.assign(&form.visitor.person, &id, &sent.track, (&sent.opens_on, &sent.due_on))
    });
    said_at(done.await, &path, |()| "The track is assigned.".to_owned())
}

/// `POST …/tracks/remove`.
pub(super) async fn unassign(
    State(app): State<App>,
    Path(id): Path<String>,
    form: PageForm<Assigned>,
) -> Result<Response, Fault> {
    let path = format!("/programme/cohorts/{id}/people");
    let done =
        app.run(move |platform| platform.unassign(&form.visitor.person, &id, &form.fields.track)).await;
    said_at(done, &path, |()| "The track is assigned no longer.".to_owned())
}
