use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::live::{Compared, SystemCensus, compare, compare_census};

use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::ui::{Column, Icon, Row, Tone, empty, table, tag, tag_with};

/// People shown of one system.
const SHOWN_MAX: usize = 30;

/// `GET …/map/compare`: who each system believes to be in the house.
pub(super) async fn census(State(app): State<App>, inside: Inside) -> Result<Markup, Fault> {
    let systems = inside.run(&app, |_, access| compare_census(access)).await?;
    let work = html! {
        p { a href=(inside.to("map")) { "All systems" } }
        h2 { "Who is here, by system" }
        p.quiet { "Each system knows of admissions, moves and departures only what messages told it. Where one was lost, refused or still waits, it differs from the chart." }
        div.stack { @for system in &systems { (section(&inside, system)) } }
    };
    Ok(inside.page(Tab::Map, "Systems compared", &work))
}

fn section(inside: &Inside, system: &SystemCensus) -> Markup {
    let columns = [Column::text("MRN"), Column::text("Chart"), Column::text("System"), Column::text("Look")];
    let rows: Vec<Row> = system
        .differing
        .iter()
        .take(SHOWN_MAX)
        .flat_map(|(mrn, patient, differences)| {
            differences.iter().map(move |one| {
                let more = html! { @if let Some(id) = patient { a href=(inside.to(&format!("map/compare/{id}"))) { "All systems on " (mrn) } } };
                Row::new(vec![html! { code { (mrn) } }, html! { (one.chart) }, html! { (one.system) }, more])
            })
        })
        .collect();
    let count = system.differing.len();
    html! {
        section.card aria-label=(system.title) {
            header.card-head {
                h3 { (system.title) }
                span.row { span.quiet.small { (system.here) " in the house" } @if count == 0 { (tag_with(Tone::Good, Icon::Check, "agrees")) } @else { (tag_with(Tone::Bad, Icon::Alert, &format!("{count} differ"))) } }
            }
            @if !rows.is_empty() { (table(&format!("{} differs from the chart", system.title), &columns, &rows, &html! {})) }
            @if count > SHOWN_MAX { p.card-body.quiet { "And " (count - SHOWN_MAX) " more." } }
        }
    }
}

/// `GET …/map/compare/{patient}`: what each system believes of one patient.
pub(super) async fn patient(
    State(app): State<App>,
    inside: Inside,
    Path(asked): Path<Vec<(String, String)>>,
) -> Result<Markup, Fault> {
    let id =
        asked.iter().find(|(name, _)| name == "patient").map(|(_, value)| value.clone()).unwrap_or_default();
    let wanted = id.clone();
    let found = inside.run(&app, move |_, access| compare(access, &wanted)).await?;
    let systems = found.ok_or_else(|| Fault::Missing("There is no such chart.".to_owned()))?;
    let columns = [
        Column::text("System"),
        Column::text("Against the chart"),
        Column::wide("What differs"),
        Column::wide("Orders"),
    ];
    let rows: Vec<Row> = systems.iter().map(row).collect();
    let why = "This chart has no medical record number, so no message is about it.";
    let work = html! {
        p { a href=(inside.to("map")) { "All systems" } " · " a href=(inside.to_chart(&id, "summary")) { "Chart" } }
        h2 { "What the systems believe" }
        div.table-frame { (table("Systems against the chart", &columns, &rows, &empty(Icon::List, "Nothing to compare", why, &html! {}))) }
    };
    Ok(inside.with_chart(&id).page(Tab::Map, "What the systems believe", &work))
}

fn row(system: &Compared) -> Row {
    let state = match (system.knows, system.differences.is_empty()) {
        (false, _) => tag(Tone::Neutral, "not known there"),
        (true, true) => tag_with(Tone::Good, Icon::Check, "agrees"),
        (true, false) => tag_with(Tone::Bad, Icon::Alert, "differs"),
    };
    let differences = html! {
        @for one in &system.differences {
            div.small { b { (one.what) } ": chart " em { (or_nothing(&one.chart)) } ", system " em { (or_nothing(&one.system)) } }
        }
    };
    let orders = html! { @for (name, state) in &system.orders { div.small { (name) ", " (state) } } };
    Row::new(vec![html! { (system.title) }, state, differences, orders])
}

fn or_nothing(text: &str) -> &str {
    if text.is_empty() { "nothing" } else { text }
}
