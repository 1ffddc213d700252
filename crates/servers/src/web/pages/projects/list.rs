use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use platform::Platform;
use platform::people::{Person, Role};
use platform::projects::{NewProject, Project, ProjectError, ProjectRecord, project, shelf};
use serde::Deserialize;

use super::fault::{is_told, words};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::frame::{Place, framed};
use crate::web::pages::said::{Said, said};
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::{capital, counted, day};
use crate::web::ui::{
    Choice, Column, Field, Icon, Link, Look, Row, Select, Takes, Tone, card, empty, markdown_compact,
    post_form, sheet, submit, table, tag,
};

/// Projects that go on or went, and, for who teaches, the cohorts a team can be of: id and title.
type Gathered = (Vec<ProjectRecord>, Vec<(String, String)>);

/// `GET /projects`.
pub(super) async fn list(State(app): State<App>, visitor: Visitor) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let (mine, cohorts) = app.run(move |platform| gather(platform, &person)).await?;
    let title = if visitor.teaches() { "All projects" } else { "Your projects" };
    let content = html! {
        (said(visitor.said.as_ref()))
        div.stack {
            (card(title, &html! {}, &projects(title, &mine)))
            div.stack { @for one in shelf() { (project_card(&one.project, visitor.teaches().then_some(&cohorts), &visitor.csrf)) } }
        }
    };
    let intro = "A team works for weeks in one hospital: it agrees on how, hands in, reads what others wrote, and stands up for it at the end.";
    let page = sheet(&[Link::to("Workshops", "/workshops")], "Team projects", Some(intro), &content);
    Ok(framed(&visitor, Place::Workshops, "Team projects", None, &page))
}

fn gather(platform: &Platform, person: &Person) -> Result<Gathered, ProjectError> {
    let cohorts = match person.role {
        // An instructor, who may see them, is asked for here: whatever else fails is told.
        Role::Instructor => platform.cohorts(person).unwrap_or_default(),
        _ => Vec::new(),
    };
    let cohorts = cohorts.into_iter().map(|(cohort, _)| (cohort.id, cohort.title)).collect();
    Ok((platform.projects_of(person)?, cohorts))
}

fn projects(title: &str, mine: &[ProjectRecord]) -> Markup {
    let columns =
        [Column::wide("Team"), Column::wide("Project"), Column::text("Began"), Column::text("State")];
    let row = |one: &ProjectRecord| {
        let name = project(&one.project).map_or(one.project.as_str(), |found| found.project.title.as_str());
        let state = match one.ended_us {
            Some(_) => tag(Tone::Good, "closed"),
            None => tag(Tone::Accent, "goes on"),
        };
        Row::new(vec![
            html! { a href={ "/projects/" (one.id) } { (one.title) } },
            html! { (name) },
            html! { (day(one.begins_us)) },
            state,
        ])
    };
    let rows: Vec<Row> = mine.iter().map(row).collect();
    let why = "An instructor begins a project for a team of three to six; it stands here from then on.";
    table(title, &columns, &rows, &empty(Icon::Person, "None yet", why, &html! {}))
}

fn project_card(one: &Project, cohorts: Option<&Vec<(String, String)>>, csrf: &str) -> Markup {
    html! {
        section.card {
            header.card-head { h2 { (one.title) } (tag(Tone::Neutral, &capital(&one.level))) }
            div.card-body {
                p { (one.summary) }
                p.quiet { (counted(one.weeks() as usize, "week", "weeks")) " · a team of " (one.team.least) " to " (one.team.most) " · " (counted(one.milestones.len(), "milestone", "milestones")) }
                details { summary { "Brief" span.visually-hidden { ": " (one.title) } } (markdown_compact(&one.brief)) }
                @if let Some(cohorts) = cohorts { details { summary { "Begin it with a team" span.visually-hidden { ": " (one.title) } } (start_form(one, cohorts, csrf)) } }
            }
        }
    }
}

fn start_form(one: &Project, cohorts: &[(String, String)], csrf: &str) -> Markup {
    let mut choices = vec![Choice::new("", "Any")];
    choices.extend(cohorts.iter().map(|(id, title)| Choice::new(id, title)));
    let id = |name: &str| format!("{name}-{}", one.id);
    post_form(
        "/projects",
        csrf,
        &html! {
            input type="hidden" name="project" value=(one.id);
            (Field::new("title", "What the team is called").id(&id("title")).hint("After the project, if you leave it empty."))
            (Field::new("members", "Members").id(&id("members")).hint("Logins of three to six learners, with spaces between them.").required())
            (Field::new("panel", "Panel, besides you").id(&id("panel")).hint("Logins of mentors and instructors."))
            div.form-grid {
                (Select::new("cohort", "Cohort", &choices).id(&id("cohort")).hint("All members are in it."))
                (Field::new("begins", "First day").id(&id("begins")).takes(Takes::Date).hint("Today, if you leave it empty. Due days are counted from it."))
            }
            div.form-actions { (submit("Begin the project", Look::Primary)) }
        },
    )
}

#[derive(Deserialize)]
pub(super) struct Started {
    project: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    members: String,
    #[serde(default)]
    panel: String,
    #[serde(default)]
    cohort: String,
    #[serde(default)]
    begins: String,
}

/// `POST /projects`.
pub(super) async fn start(State(app): State<App>, form: PageForm<Started>) -> Result<Response, Fault> {
    let (person, given) = (form.visitor.person, form.fields);
    let done = app.run(move |platform| {
        let new = NewProject {
            project: &given.project,
            title: &given.title,
            members: &given.members,
            panel: &given.panel,
            cohort: &given.cohort,
            begins: &given.begins,
        };
        platform.start_project(&person, &new)
    });
    match done.await {
        Ok(one) => {
            let words = "The project has begun. Its members find it under Workshops, Team projects.";
            Ok(Said::well(words).at(&format!("/projects/{}", one.id)))
        }
        Err(error) if is_told(&error) => Ok(Said::badly(words(&error)).at("/projects")),
        Err(error) => Err(error.into()),
    }
}
