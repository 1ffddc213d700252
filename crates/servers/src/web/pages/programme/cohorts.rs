use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use platform::programme::{Cohort, NewCohort, Organisation, OrganisationKind, ProgrammeError};
use serde::Deserialize;

use super::fault::said_at;
use super::frame::{View, programme_page};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::{counted, date};
use crate::web::ui::{
    Choice, Column, Field, Icon, Look, Row, Select, Takes, card, empty, or_none, post_form, submit, table,
};

const INTRO: &str = "Who learns together, from when until when, and what they are to take.";

/// `GET /programme`: the cohorts.
pub(super) async fn cohorts(State(app): State<App>, visitor: Visitor) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let (cohorts, organisations) = app
        .run(move |platform| Ok::<_, ProgrammeError>((platform.cohorts(&person)?, platform.organisations()?)))
        .await?;
    let content = html! {
        h2.visually-hidden { "Cohorts" }
        div.card { (list(&cohorts, &organisations)) }
        (card("Add a cohort", &html! {}, &add_form(&organisations, &visitor.csrf)))
    };
    Ok(programme_page(&visitor, View::Cohorts, "Programme", INTRO, &content))
}

fn list(cohorts: &[(Cohort, u32)], organisations: &[Organisation]) -> Markup {
    let columns =
        [Column::wide("Cohort"), Column::text("School"), Column::text("Days"), Column::number("Learners")];
    let row = |(cohort, learners): &(Cohort, u32)| {
        let school = organisations.iter().find(|one| Some(&one.id) == cohort.organisation.as_ref());
        Row::new(vec![
            html! { a href={ "/programme/cohorts/" (cohort.id) } { (cohort.title) } },
            or_none(school.map(|school| school.name.as_str())),
            days(cohort.begins_on.as_deref(), cohort.ends_on.as_deref()),
            html! { (learners) },
        ])
    };
    let rows: Vec<Row> = cohorts.iter().map(row).collect();
    let why = "Read a class list, or add a cohort below.";
    table("Cohorts", &columns, &rows, &empty(Icon::Person, "No cohorts yet", why, &html! {}))
}

/// From when until when.
pub(super) fn days(begins: Option<&str>, ends: Option<&str>) -> Markup {
    match (begins, ends) {
        (Some(begins), Some(ends)) => html! { (date(begins)) " to " (date(ends)) },
        (Some(begins), None) => html! { "from " (date(begins)) },
        (None, Some(ends)) => html! { "until " (date(ends)) },
        (None, None) => or_none(None),
    }
}

fn add_form(organisations: &[Organisation], csrf: &str) -> Markup {
    let mut schools = vec![Choice::new("", "None")];
    let of_schools = organisations.iter().filter(|one| one.kind == OrganisationKind::School);
    schools.extend(of_schools.map(|one| Choice::new(&one.id, &one.name)));
    let fields = html! {
        div.form-grid {
            (Field::new("title", "Title").autocomplete("off").required())
            (Select::new("organisation", "School", &schools))
            (Field::new("begins_on", "First day").takes(Takes::Date))
            (Field::new("ends_on", "Last day").takes(Takes::Date))
        }
        div.form-actions { (submit("Add the cohort", Look::Primary)) }
    };
    post_form("/programme/cohorts", csrf, &fields)
}

#[derive(Deserialize)]
pub(super) struct Sent {
    title: String,
    #[serde(default)]
    organisation: String,
    #[serde(default)]
    begins_on: String,
    #[serde(default)]
    ends_on: String,
}

/// `POST /programme/cohorts`.
pub(super) async fn add(State(app): State<App>, form: PageForm<Sent>) -> Result<Response, Fault> {
    let (person, sent) = (form.visitor.person, form.fields);
    let made = app.run(move |platform| {
        let new = NewCohort {
            title: &sent.title,
            organisation: Some(&sent.organisation),
            begins_on: &sent.begins_on,
            ends_on: &sent.ends_on,
        };
        platform.add_cohort(&person, &new)
    });
    let made = made.await;
    let path = made.as_ref().map_or_else(
        |_| "/programme".to_owned(),
        |cohort| format!("/programme/cohorts/{}/people", cohort.id),
    );
    said_at(made, &path, |cohort| format!("“{}” is there; say who is in it.", cohort.title))
}

/// `12 learners`.
pub(super) fn learners(count: usize) -> String {
    counted(count, "learner", "learners")
}
