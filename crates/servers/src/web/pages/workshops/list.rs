use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use platform::workshops::{Case, NewWorkshop, Workshop, WorkshopError, case, shelf};
use serde::Deserialize;

use super::fault::words;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::frame::{Place, framed};
use crate::web::pages::said::{Said, said};
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::{at, capital, iso};
use crate::web::ui::{
    Column, Field, Icon, Look, Row, Takes, Tone, card, empty, link_button, markdown_compact, moment,
    post_form, sheet, submit, table, tag,
};

/// `GET /workshops`.
pub(super) async fn list(State(app): State<App>, visitor: Visitor) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let mine = app.run(move |platform| platform.workshops_of(&person)).await?;
    let content = html! {
        (said(visitor.said.as_ref()))
        div.stack {
            (card("Your workshops", &html! {}, &workshops(&mine)))
            (card("Take part in somebody’s workshop", &html! {}, &post_form("/workshops/join", &visitor.csrf, &html! {
                (Field::new("code", "Its code").hint("Eight letters and digits, as whoever facilitates it tells you.").required())
                div.form-actions { (submit("Take part", Look::Plain)) }
            })))
            (card("Team projects", &html! {}, &html! {
                p { "Longer work: a team of three to six, some weeks, one hospital that all of them work in, and a defence at the end." }
                div.row { (link_button("To the team projects", "/projects", Look::Plain)) }
            }))
            div.cards { @for one in shelf() { (case_card(one, &visitor.csrf)) } }
        }
    };
    let intro = "People of several professions work one case in one living hospital. Each knows something that the others do not.";
    let page = sheet(&[], "Workshops", Some(intro), &content);
    Ok(framed(&visitor, Place::Workshops, "Workshops", None, &page))
}

fn case_card(one: &Case, csrf: &str) -> Markup {
    let roles: Vec<&str> = one.roles.iter().map(|role| role.title.as_str()).collect();
    let id = |name: &str| format!("{name}-{}", one.id);
    html! {
        section.card {
            header.card-head { h2 { (one.title) } (tag(Tone::Neutral, &capital(&one.level))) }
            div.card-body {
                p { (one.summary) }
                p.quiet { (one.minutes()) " minutes · " (roles.join(", ")) }
                details { summary { "Briefing" } div.prose { (markdown_compact(&one.briefing)) } }
                details {
                    summary { "Arrange it" }
                    (post_form("/workshops", csrf, &html! {
                        input type="hidden" name="case" value=(one.id);
                        (Field::new("begins", "Begins, in UTC").id(&id("begins")).takes(Takes::DateTime).hint("Leave it empty to begin now."))
                        (Field::new("invited", "Invited").id(&id("invited")).hint("Logins, with spaces between them. Others can come with the code."))
                        div.form-actions { (submit("Arrange the workshop", Look::Plain)) }
                    }))
                }
            }
        }
    }
}

fn workshops(mine: &[Workshop]) -> Markup {
    let columns = [Column::wide("Workshop"), Column::text("Begins"), Column::text("State")];
    let row = |one: &Workshop| {
        let title = case(&one.case).map_or(one.case.as_str(), |case| case.title.as_str());
        let (tone, state) = match (one.cancelled, one.ended_us.is_some(), one.sandbox.is_some()) {
            (true, ..) => (Tone::Warn, "called off"),
            (_, true, _) => (Tone::Good, "over"),
            (_, _, true) => (Tone::Accent, "goes on"),
            _ => (Tone::Neutral, "arranged"),
        };
        let href = match one.ended_us {
            Some(_) => format!("/workshops/{}/report", one.id),
            None => format!("/workshops/{}", one.id),
        };
        Row::new(vec![
            html! { a href=(href) { (title) } },
            html! { (moment(&iso(one.begins_us), &at(one.begins_us))) " UTC" },
            tag(tone, state),
        ])
    };
    let rows: Vec<Row> = mine.iter().map(row).collect();
    let nothing = empty(
        Icon::Person,
        "None is arranged",
        "Choose a case below, invite four or five colleagues, and read the facilitator’s guide.",
        &html! {},
    );
    table("Your workshops", &columns, &rows, &nothing)
}

#[derive(Deserialize)]
pub(super) struct Arranged {
    case: String,
    #[serde(default)]
    begins: String,
    #[serde(default)]
    invited: String,
}

/// `POST /workshops`.
pub(super) async fn arrange(State(app): State<App>, form: PageForm<Arranged>) -> Result<Response, Fault> {
    let Arranged { case, begins, invited } = form.fields;
    let person = form.visitor.person;
    let done = app.run(move |platform| {
        let new = NewWorkshop { case: &case, begins: &begins, invited: &invited };
        platform.schedule_workshop(&person, &new)
    });
    match done.await {
        Ok(one) => {
            let words = "It is arranged. Give the code to the others, or the invitation for their calendars.";
            Ok(Said::well(words).at(&format!("/workshops/{}", one.id)))
        }
        Err(error) => back(error, "/workshops"),
    }
}

#[derive(Deserialize)]
pub(super) struct Joined {
    #[serde(default)]
    code: String,
}

/// `POST /workshops/join`.
pub(super) async fn join(State(app): State<App>, form: PageForm<Joined>) -> Result<Response, Fault> {
    let (person, code) = (form.visitor.person, form.fields.code);
    match app.run(move |platform| platform.join_workshop(&person, &code)).await {
        Ok(one) => Ok(Said::well("You take part. Choose your seat.").at(&format!("/workshops/{}", one.id))),
        Err(error) => back(error, "/workshops"),
    }
}

#[derive(Deserialize)]
pub(super) struct Invited {
    #[serde(default)]
    invited: String,
}

/// `POST /workshops/{workshop}/invite`.
pub(super) async fn invite(
    State(app): State<App>,
    Path(workshop): Path<String>,
    form: PageForm<Invited>,
) -> Result<Response, Fault> {
    let (person, asked) = (form.visitor.person, workshop.clone());
    let logins = form.fields.invited;
    let path = format!("/workshops/{workshop}");
    match app.run(move |platform| platform.invite_to_workshop(&person, &asked, &logins)).await {
        Ok(()) => Ok(Said::well("They are invited, and find it on their page.").at(&path)),
        Err(error) => back(error, &path),
    }
}

#[derive(Deserialize)]
pub(super) struct Nothing {}

/// `POST /workshops/{workshop}/cancel`.
pub(super) async fn cancel(
    State(app): State<App>,
    Path(workshop): Path<String>,
    form: PageForm<Nothing>,
) -> Result<Response, Fault> {
    let (person, path) = (form.visitor.person, format!("/workshops/{workshop}"));
    match app.run(move |platform| platform.cancel_workshop(&person, &workshop)).await {
        Ok(()) => {
            Ok(Said::well("It is called off. Fetch the invitation anew: calendars take it out.").at(&path))
        }
        Err(error) => back(error, &path),
    }
}

/// `GET /workshops/{workshop}/workshop.ics`: the invitation.
pub(super) async fn calendar(
    State(app): State<App>,
    visitor: Visitor,
    Path(workshop): Path<String>,
) -> Result<Response, Fault> {
    let text = app.run(move |platform| platform.workshop_calendar(&visitor.person, &workshop)).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"workshop.ics\""),
    ];
    Ok((headers, text).into_response())
}

/// Back to a page, where it is said why not.
fn back(error: WorkshopError, path: &str) -> Result<Response, Fault> {
    match error {
        WorkshopError::Invalid { .. } | WorkshopError::Refused(_) => Ok(Said::badly(words(&error)).at(path)),
        other => Err(other.into()),
    }
}
