use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::record::{Apprenticed, Line, Side, hours_text};

use super::forms::works;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::frame::{Place, framed};
use crate::web::pages::said::said;
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::date;
use crate::web::ui::{Choice, Field, Link, Look, Select, Takes, card, facts, post_form, sheet, submit};

/// `GET /record/{id}/lines/{line}`: the form that corrects a signed line.
pub(super) async fn form(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, line)): Path<(String, u64)>,
) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let one = app.run(move |platform| platform.apprenticeship(&person, &id)).await?;
    let found = one.record.line(line).filter(|line| line.counts() && one.writes_as(Side::Apprentice));
    let Some(found) = found else {
        return Err(Fault::Missing("There is no signed line of yours with this number.".to_owned()));
    };
    let title = format!("Correct line {line}");
    let record = format!("/record/{}", one.id);
    let crumbs = [
        Link::to("Apprenticeships", "/record"),
        Link::to(&one.schedule.title, &record),
        Link::to(&title, ""),
    ];
    let intro = "A signed line stays as it is. What you write here becomes a line of its own that names it, and takes its place once your supervisor has signed it.";
    let content = html! { (said(visitor.said.as_ref())) div.stack { (card("The line", &html! {}, &told(&one, found))) (card("The correction", &html! {}, &fields(&one, found, &visitor.csrf))) } };
    Ok(framed(&visitor, Place::Places, &title, None, &sheet(&crumbs, &title, Some(intro), &content)))
}

fn told(one: &Apprenticed, line: &Line) -> Markup {
    facts(&[
        ("Day", html! { (date(&line.day.to_string())) }),
        ("Work", html! { (one.schedule.title_of(&line.at).unwrap_or(&line.at)) }),
        ("Hours", html! { (hours_text(line.minutes)) }),
        ("What was done", html! { (line.what) }),
    ])
}

fn fields(one: &Apprenticed, line: &Line, csrf: &str) -> Markup {
    let works = works(one);
    let choices: Vec<Choice<'_>> = works.iter().map(|(id, title)| Choice::new(id, title)).collect();
    let hours = hours_text(line.minutes);
    let body = html! {
        input type="hidden" name="line" value=(line.seq);
        div.form-grid {
            (Select::new("at", "Work process or course", &choices).chosen(&line.at))
            (Field::new("hours", "Hours").value(&hours).hint("0 if it did not happen.").autocomplete("off").required())
        }
        (Field::new("what", "What you did").takes(Takes::Block).value(&line.what).required())
        (Field::new("why", "What was wrong").required())
        div.form-actions { (submit("Correct it", Look::Primary)) }
    };
    post_form(&format!("/record/{}/write/correct", one.id), csrf, &body)
}
