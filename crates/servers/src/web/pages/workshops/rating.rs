use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use platform::people::Person;
use platform::workshops::{RatingSeen, WorkshopError, WorkshopView};

use super::fault::words;
use super::fields::Fields;
use super::marks::{behaviours, own_marks, settling};
use super::rated::compared;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::frame::{Place, framed};
use crate::web::pages::said::{Said, said};
use crate::web::pages::visitor::Visitor;
use crate::web::ui::{
    Field, Icon, Link, Look, Tone, card, link_button, notice, post_form, sheet, submit, tag, tag_with,
};

/// A workshop, and how the rating of its team stands for the reader.
type Seen = (WorkshopView, RatingSeen);

/// `GET /workshops/{workshop}/rating`: where two people rate the team, each alone, and then see both.
pub(super) async fn rating(
    State(app): State<App>,
    visitor: Visitor,
    Path(workshop): Path<String>,
) -> Result<Markup, Fault> {
    let seen = look(&app, visitor.person.clone(), workshop).await?;
    let filled = Fields::of_marks(&seen.1.mine);
    Ok(page(&visitor, &seen, &filled, None))
}

/// `POST /workshops/{workshop}/rating`: every form of that page; its field `do` says what is wanted.
pub(super) async fn hand_in(
    State(app): State<App>,
    Path(workshop): Path<String>,
    form: PageForm<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let (given, visitor) = (Fields(form.fields), form.visitor);
    let (person, asked) = (visitor.person.clone(), workshop.clone());
    let (done, well) = if given.text("do") == "ask" {
        let login = given.text("rater");
        let done = app.run(move |platform| platform.ask_workshop_rater(&person, &asked, &login)).await;
        (done, "They rate the team with you, and find the workshop on their page.")
    } else {
        let (act, well) = given.rating_act().ok_or(Fault::Unreadable)?;
        (app.run(move |platform| platform.act_in_workshop(&person, &asked, &act)).await, well)
    };
    match done {
        Ok(()) => Ok(Said::well(well).at(&format!("/workshops/{workshop}/rating"))),
        Err(error @ (WorkshopError::Refused(_) | WorkshopError::Invalid { .. })) => {
            let seen = look(&app, visitor.person.clone(), workshop).await?;
            // What was filled in stands there still.
            let filled = if given.text("do") == "rate" { given } else { Fields::of_marks(&seen.1.mine) };
            let page = page(&visitor, &seen, &filled, Some(&words(&error)));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn look(app: &App, person: Person, workshop: String) -> Result<Seen, Fault> {
    let view = app.run(move |platform| platform.view_workshop(&person, &workshop)).await?;
    let rating = view.rating.clone();
    let nobodys =
        || Fault::Missing("Two people rate the team of a workshop, and you are not asked here.".to_owned());
    Ok((view, rating.ok_or_else(nobodys)?))
}

fn page(visitor: &Visitor, (view, rating): &Seen, filled: &Fields, problem: Option<&str>) -> Markup {
    let back = format!("/workshops/{}", view.workshop.id);
    let to = format!("{back}/rating");
    let no_aside = html! {};
    let content = html! {
        (said(visitor.said.as_ref()))
        @if let Some(problem) = problem { div role="alert" { (notice(Tone::Bad, Some("This was not taken"), &html! { p { (problem) } })) } }
        div.stack {
            (card("Who rates", &no_aside, &who(view, rating, &to, &visitor.csrf)))
            @if let Some(rated) = &rating.rated {
                (card("Beside each other", &no_aside, &compared(rated)))
                (settling(rating, rated, &to, &visitor.csrf))
            } @else if rating.may_rate {
                (card("Your marks", &no_aside, &own_marks(rating, filled, &to, &visitor.csrf)))
            } @else {
                (card("What is looked for", &no_aside, &behaviours(rating)))
            }
            div.row {
                @if view.seen.over { (link_button("After-action report", &format!("{back}/report"), Look::Plain)) }
                (link_button("Back to the room", &back, Look::Quiet))
            }
        }
    };
    let title = format!("Rate the team: {}", view.case.title);
    let crumbs = [Link::to("Workshops", "/workshops"), Link::to(&view.case.title, &back)];
    let intro = "Two people rate what a team did, each alone. Neither sees the other’s marks before both are in, and nobody is rated by how much they talk.";
    framed(visitor, Place::Workshops, &title, None, &sheet(&crumbs, &title, Some(intro), &content))
}

/// Who the two are, how far they are, and the naming of the second.
fn who(view: &WorkshopView, rating: &RatingSeen, to: &str, csrf: &str) -> Markup {
    let fixed = rating.raters.iter().any(|one| !one.is_me && one.is_in) || rating.rated.is_some();
    let form = post_form(
        to,
        csrf,
        &html! {
            input type="hidden" name="do" value="ask";
            (Field::new("rater", "Login of the second rater").hint("Somebody who teaches here and has no role in this workshop.").required())
            div.form-actions { (submit("Name them", Look::Plain)) }
        },
    );
    html! {
        @if rating.raters.is_empty() { p { "You are the first. Name the second before it begins, if you can: they have to be there to see the team." } }
        ul.plain.stack.stack-tight role="list" {
            @for one in &rating.raters {
                li { strong { (one.name) } " " @if one.is_me { (tag(Tone::Accent, "you")) " " }
                    @if one.is_in { (tag_with(Tone::Good, Icon::Check, "has handed in")) } @else { (tag_with(Tone::Neutral, Icon::Clock, "not in yet")) } }
            }
        }
        @if !view.seen.over { p.quiet { "Marks are handed in when the workshop is over. Take notes while you watch: what somebody did or said, and when." } }
        @else if rating.rated.is_none() && rating.raters.iter().any(|one| one.is_me && one.is_in) {
            p { "Yours are in. Until the other’s are, you may change them; then both can be seen." }
            div.row { (link_button("Look again", to, Look::Plain)) }
        }
        @if view.seen.facilitates && !fixed {
            @if rating.raters.is_empty() { (form) } @else { details { summary { "Name somebody else as the second" } (form) } }
        }
    }
}
