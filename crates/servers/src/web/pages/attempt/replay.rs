use axum::extract::{Path, Query, State};
use maud::{Markup, html};
use platform::labs::{AttemptId, Moment, Replay, What};
use serde::Deserialize;

use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::frame::{Place, framed};
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::{at, counted, iso};
use crate::web::ui::{
    Column, Icon, Link, Look, Row, Tone, card, facts, link_button, moment, sheet, table, tag, tag_with,
};

#[derive(Deserialize, Default)]
pub(in crate::web::pages) struct At {
    /// Which moment, from 1.
    at: Option<usize>,
}

/// `GET /attempts/{attempt}/replay`: the attempt at one of its moments, with the way to the others.
pub(in crate::web::pages) async fn replay(
    State(app): State<App>,
    visitor: Visitor,
    Path(attempt): Path<String>,
    Query(at): Query<At>,
) -> Result<Markup, Fault> {
    let (viewer, id) = (visitor.person.clone(), AttemptId::from(attempt));
    let found = app.run(move |platform| platform.replay_attempt(&viewer, &id)).await?;
    let last = found.moments.len();
    let now = at.at.unwrap_or(1).clamp(1, last.max(1));
    let content = html! {
        div.stack {
            @if let Some(shown) = found.moments.get(now - 1) { (card(&format!("Moment {now} of {last}"), &html! {}, &one(&found, shown, now))) }
            (card("All moments", &html! {}, &all(&found, now)))
        }
    };
    let title = format!("{}, played back", found.title);
    let crumbs = [Link::to(&found.person.name, ""), Link::to(&title, "")];
    let intro = format!(
        "Attempt {} of {}: what they did, and how the checks stood after it.",
        found.attempt.number, found.person.name
    );
    let place = if visitor.teaches() { Place::Class } else { Place::Portfolio };
    Ok(framed(&visitor, place, &title, None, &sheet(&crumbs, &title, Some(&intro), &content)))
}

fn one(found: &Replay, shown: &Moment, now: usize) -> Markup {
    let last = found.moments.len();
    let to = |at: usize| format!("/attempts/{}/replay?at={at}", found.attempt.id);
    let columns = [Column::wide("Check"), Column::text("Stood so")];
    let row = |(id, title): &(String, String)| {
        let stood = match shown.standing.get(id) {
            Some(true) => tag_with(Tone::Good, Icon::Check, "passed"),
            Some(false) => tag(Tone::Neutral, "not so"),
            None => tag(Tone::Neutral, "not looked at"),
        };
        Row::new(vec![html! { (title) }, stood])
    };
    let rows: Vec<Row> = found.checks.iter().map(row).collect();
    html! {
        (facts(&[
            ("After", html! { (since(found, shown)) }),
            ("At", moment(&iso(shown.at_us), &at(shown.at_us))),
            ("What", told(found, shown)),
        ]))
        (table("Checks at this moment", &columns, &rows, &html! {}))
        div.row {
            @if now > 1 {
                (link_button("First", &to(1), Look::Quiet))
                (link_button("Back", &to(now - 1), Look::Plain))
            }
            @if now < last {
                (link_button("On", &to(now + 1), Look::Primary))
                (link_button("Last", &to(last), Look::Quiet))
            }
        }
    }
}

fn all(found: &Replay, now: usize) -> Markup {
    let columns = [Column::number("Moment"), Column::number("After"), Column::wide("What")];
    let row = |(place, shown): (usize, &Moment)| {
        let number = place + 1;
        let current = (number == now).then_some("true");
        Row::new(vec![
            html! { a href={ "/attempts/" (found.attempt.id) "/replay?at=" (number) } aria-current=[current] { (number) } },
            html! { (since(found, shown)) },
            told(found, shown),
        ])
    };
    let rows: Vec<Row> = found.moments.iter().enumerate().map(row).collect();
    html! {
        (table("All moments", &columns, &rows, &html! {}))
        @if found.cut { p.quiet { "There is more; the journal of the hospital has all of it." } }
    }
}

/// How long after the beginning.
fn since(found: &Replay, shown: &Moment) -> String {
    let seconds = (shown.at_us - found.attempt.started_us) / 1_000_000;
    match seconds {
        ..60 => format!("{} s", seconds.max(0)),
        60..3_600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3_600, seconds / 60 % 60),
    }
}

fn told(found: &Replay, shown: &Moment) -> Markup {
    let title = |check: &str| {
        found
            .checks
            .iter()
            .find(|(id, _)| id == check)
            .map_or_else(|| check.to_owned(), |(_, title)| title.clone())
    };
    match &shown.what {
        What::Began => html! { "The lab began." },
        What::Looked(count) => html! { "Looked at " (counted(*count, "thing", "things")) "." },
        What::Did { kind, about, outcome, seq } => html! {
            code { (kind) } @if !about.is_empty() { " " (about) } ", "
            @if outcome == "ok" { "done" } @else { (tag(Tone::Warn, outcome)) }
            span.quiet { " (entry " (seq) ")" }
        },
        What::Answered { check, value } => html! { "Answered “" (value) "” to: " (title(check)) },
        What::Hint(check) => html! { (tag(Tone::Info, "hint")) " Took a hint for: " (title(check)) },
        What::Judged { check, passed: true, .. } => {
            html! { (tag_with(Tone::Good, Icon::Check, "passed")) " " (title(check)) }
        }
        What::Judged { check, passed: false, observed } => {
            html! { (tag_with(Tone::Bad, Icon::Cross, "no longer")) " " (title(check)) ": " (observed) }
        }
        What::StartedOver(grain) => html! { (tag(Tone::Warn, "started over")) " the " (grain) },
        What::Finished => html! { (tag_with(Tone::Good, Icon::Check, "finished")) },
    }
}
