use axum::extract::State;
use maud::{Markup, html};
use platform::people::Role;
use platform::record::{Apprenticed, RecordError, Side, Starter, hours_text, record_rules};

use super::told::standing_tag;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::frame::{Place, framed};
use crate::web::pages::said::said;
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::{capital, date};
use crate::web::ui::{
    Column, Icon, Link, Look, Row, Tone, card, empty, link_button, sheet, table, tabs, tag_with,
};

const INTRO: &str = "What was agreed, what was done, and who stands by it. A signed line stays; a mistake in it is mended by a correction that is \
signed in its turn.";

/// `GET /record`.
pub(super) async fn list(State(app): State<App>, visitor: Visitor) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let (all, starters, keeps) = app
        .run(move |platform| {
            let keeps = !platform.hosts_kept_by(&person)?.is_empty();
            let starters = if keeps { platform.starters(&person)? } else { Vec::new() };
            Ok::<_, RecordError>((platform.apprenticeships(&person)?, starters, keeps))
        })
        .await?;
    let learns = visitor.person.role == Role::Learner;
    let content = html! {
        (said(visitor.said.as_ref()))
        div.stack {
            (tabs("Places", &[Link::to("What there is", "/places"), Link::to("Apprenticeships", "/record").current(true)]))
            div.row {
                @if keeps { (link_button("Put an agreement down", "/record/new", Look::Primary)) }
                @if learns { (link_button("Your sealed particulars", "/record/particulars", Look::Plain)) }
                @if !all.is_empty() { (link_button("What is due as a calendar", "/record/due.ics", Look::Quiet)) }
            }
            @if all.iter().any(|one| one.own_dues().next().is_some()) { (card("For you to do", &html! {}, &to_do(&all))) }
            @if keeps { (card(&soon(), &html! {}, &board(&starters))) }
            (card("Apprenticeships", &html! {}, &apprenticeships(&all)))
        }
    };
    Ok(framed(
        &visitor,
        Place::Places,
        "Apprenticeships",
        None,
        &sheet(&[], "Apprenticeships", Some(INTRO), &content),
    ))
}

fn to_do(all: &[Apprenticed]) -> Markup {
    let columns = [Column::text("By"), Column::wide("What"), Column::wide("Apprenticeship")];
    let rows = all.iter().flat_map(|one| {
        one.own_dues().map(move |due| {
            let late = due.by < one.today;
            Row::new(vec![
                html! { (date(&due.by.to_string())) @if late { " " (tag_with(Tone::Warn, Icon::Clock, "late")) } },
                html! { (due.words()) },
                html! { a href={ "/record/" (one.id) } { (one.apprentice.name) ", " (one.schedule.title) } },
            ])
        })
    });
    table("For you to do", &columns, &rows.collect::<Vec<_>>(), &html! {})
}

/// What the board is called.
fn soon() -> String {
    format!("Who begins within {} days", record_rules().house.board_days)
}

fn board(starters: &[Starter]) -> Markup {
    let columns = [
        Column::wide("Who"),
        Column::text("First day"),
        Column::text("Where"),
        Column::wide("What is missing"),
    ];
    let row = |one: &Starter| {
        Row::new(vec![
            html! { @if let Some(id) = &one.apprenticeship { a href={ "/record/" (id) } { (one.person.name) } } @else { (one.person.name) } },
            html! { (date(&one.begins.to_string())) },
            html! { (one.employer) },
            html! {
                @if one.missing.is_empty() { (tag_with(Tone::Good, Icon::Check, "nothing")) }
                @else { ul.plain { @for what in &one.missing { li { (capital(what)) } } } }
            },
        ])
    };
    let rows: Vec<Row> = starters.iter().map(row).collect();
    let why =
        "Whoever has a place or an agreement that begins soon stands here, with everything that is missing.";
    table(&soon(), &columns, &rows, &empty(Icon::Clock, "Nobody begins soon", why, &html! {}))
}

fn apprenticeships(all: &[Apprenticed]) -> Markup {
    let columns = [
        Column::wide("Who"),
        Column::text("Where"),
        Column::number("Hours signed"),
        Column::number("Waiting"),
        Column::text("State"),
    ];
    let row = |one: &Apprenticed| {
        Row::new(vec![
            html! { a href={ "/record/" (one.id) } { (one.apprentice.name) ", " (one.schedule.title) } @if one.writes_as(Side::Supervisor) { br; span.quiet.small { "you supervise" } } },
            html! { (one.employer.name) },
            html! { (hours_text(one.progress.job_minutes)) @if let Some(hours) = one.schedule.term_hours { " of " (hours) } },
            html! { (hours_text(one.progress.waiting_minutes)) },
            standing_tag(one),
        ])
    };
    let rows: Vec<Row> = all.iter().map(row).collect();
    let why = "An education office puts an agreement down; it holds once the apprentice has accepted it.";
    table("Apprenticeships", &columns, &rows, &empty(Icon::Note, "No apprenticeships yet", why, &html! {}))
}
