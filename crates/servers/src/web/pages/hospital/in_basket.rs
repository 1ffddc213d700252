use axum::extract::State;
use maud::{Markup, html};
use platform::ehr::chart::{Waiting, in_basket as waiting};

use super::chart::value;
use super::inside::{Inside, Tab};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::words::{chart_time, counted};
use crate::web::ui::{Column, Icon, Row, Tone, empty, or_none, table, tag};

/// `GET …/in-basket`: critical results of the whole hospital that nobody has acknowledged.
pub(crate) async fn in_basket(State(app): State<App>, inside: Inside) -> Result<Markup, Fault> {
    let all = inside.run(&app, |_, access| waiting(access)).await?;
    let columns = [
        Column::wide("Patient"),
        Column::text("Result"),
        Column::text("Do"),
        Column::text("Waits"),
        Column::text("Since"),
        Column::text("MRN"),
        Column::text("Ordered by"),
    ];
    let rows: Vec<Row> = all.iter().map(|one| row(&inside, one)).collect();
    let why = "Critical results that the laboratory reports stand here until somebody has read them back.";
    let nothing = empty(Icon::Check, "Nothing waits", why, &html! {});
    let work = html! {
        h2 { "In-basket" }
        p.quiet { (counted(all.len(), "critical result waits", "critical results wait")) " for acknowledgement, the longest first." }
        div.table-frame { (table("Critical results", &columns, &rows, &nothing)) }
    };
    Ok(inside.page(Tab::InBasket, "In-basket", &work))
}

fn row(inside: &Inside, one: &Waiting) -> Row {
    let who = &one.patient;
    let href = format!("{}?observation={}", inside.to_chart(&who.id, "acknowledge"), one.observation);
    let waits =
        |minutes: i64| tag(if minutes >= 30 { Tone::Bad } else { Tone::Warn }, &format!("{minutes} min"));
    Row::new(vec![
        html! { a href=(inside.to_chart(&who.id, "results")) { (who.name) } },
        html! { (one.test) " " (value(&one.point)) },
        html! { @if inside.may("result.acknowledge") { a href=(href) aria-label={ "Acknowledge " (one.test) " of " (who.name) } { "Acknowledge…" } } },
        html! { @if let Some(minutes) = one.minutes { (waits(minutes)) } },
        chart_time(one.since.as_ref()),
        html! { @if let Some(mrn) = &who.mrn { code { (mrn) } } },
        or_none(one.owner.as_deref()),
    ])
}
