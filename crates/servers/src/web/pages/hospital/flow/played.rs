//! What the saved roster would do, beside today's.

use maud::{Markup, html};
use platform::flow::{Estimate, Figure, Played};

use super::page::{Asked, Shown, by_hour};
use super::words::figure;
use crate::web::pages::hospital::inside::Inside;
use crate::web::ui::{Column, Field, Icon, Look, Row, Takes, Tone, empty, notice, submit, table};

/// A seed to play, and what came of the one that was played.
pub(super) fn played(inside: &Inside, shown: &Shown, asked: &Asked) -> Markup {
    let is_saved = shown.overview.plan.is_some();
    html! {
        @if is_saved {
            form.flow-wish method="get" action=(inside.to("flow")) {
                (Field::new("play", "Seed").takes(Takes::Number).value(if asked.play.is_empty() { "1" } else { &asked.play }).hint("The same seed gives the same patients."))
                (submit("Play 20 weeks", Look::Plain))
            }
        }
        @match &shown.played {
            Some(Ok(played)) => (results(played)),
            Some(Err(why)) => div role="alert" { (notice(Tone::Bad, Some("Nothing was played"), &html! { p { (why) "." } })) },
            None if is_saved => (empty(Icon::Chart, "Not played yet", "Patients are made up from the arrivals above. Both rosters meet the same ones, so that what differs is the rosters' own.", &html! {})),
            None => (empty(Icon::Chart, "Save a roster first", "Then it is played against today's over the same weeks of patients.", &html! {})),
        }
    }
}

fn results(played: &Played) -> Markup {
    let columns = [
        Column::text("Figure"),
        Column::number("Saved roster"),
        Column::number("Today"),
        Column::number("Difference"),
    ];
    let rows: Vec<Row> = played.figures.iter().map(row).collect();
    html! {
        p { "Means of " (played.weeks) " weeks, with their intervals of 95 %. A difference whose interval holds no zero is none of chance alone." }
        (table("What both rosters do", &columns, &rows, &html! {}))
        div.flow-pair {
            (by_hour("Waiting for a provider, saved roster", &played.queue_plan))
            (by_hour("Waiting for a provider, today", &played.queue_today))
        }
    }
}

fn row(one: &Figure) -> Row {
    let cell = |estimate: Option<Estimate>| match estimate {
        None => html! { span.quiet { "nobody" } },
        Some(Estimate { mean, low, high }) => html! {
            b { (figure(mean, one.unit)) } " " span.quiet { (figure(low, one.unit)) " to " (figure(high, one.unit)) }
        },
    };
    Row::new(vec![html! { (one.title) }, cell(one.plan), cell(one.today), cell(one.difference)])
}
