use axum::extract::State;
use maud::{Markup, html};
use platform::live::{HospitalMap, InterfaceView, SystemView, map as draw};

use super::cells;
use super::drawing::drawing;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::ui::{Column, Icon, Look, Row, card, csrf_field, link_button, submit_as, table};

/// `GET …/map`: systems and interfaces, and what goes on between them.
pub(super) async fn map(State(app): State<App>, inside: Inside) -> Result<Markup, Fault> {
    let map = inside.run(&app, |_, access| draw(access)).await?;
    let work = html! {
        h2 { "Systems" }
        p.quiet { "What is done in the chart is told to the other systems in messages. Each keeps records of its own and believes what it was told." }
        live-checks src=(inside.to("map/events")) {
            p.small.quiet data-live="waiting" hidden { (Icon::Clock) " Waiting for the hospital to answer again. What you see may be old." }
            div #map-sum { (cells::sum(&map)) }
            (controls(&inside, &map))
            (drawing(&map))
            (interfaces(&inside, &map))
        }
        (systems(&inside, &map))
    };
    Ok(inside.page(Tab::Map, "Map", &work))
}

/// The clock, and whether the others do their work by themselves.
fn controls(inside: &Inside, map: &HospitalMap) -> Markup {
    let speeds =
        [("pause", "Pause"), ("1", "1×"), ("10", "10×"), ("60", "60×"), ("300", "300×"), ("1000", "1000×")];
    let (living, words) =
        if map.living { ("off", "Stop the others' work") } else { ("on", "Let the others work") };
    let (playing, doors) = if map.playing { ("off", "Close the doors") } else { ("on", "Let patients come") };
    html! {
        div.spread.map-controls {
            form.row method="post" action=(inside.to("map/clock")) aria-label="Clock" {
                (csrf_field(&inside.visitor.csrf))
                @for (value, label) in speeds { button.button.button-small type="submit" name="do" value=(value) { (label) } }
                button.button.button-small type="submit" name="do" value="hour" { "+1 hour" }
                button.button.button-small type="submit" name="do" value="next" { "Next event" }
            }
            form.row method="post" action=(inside.to("map/living")) aria-label="Work of the other systems" {
                (csrf_field(&inside.visitor.csrf))
                (submit_as(words, Look::Plain, "living", living))
            }
            form.row method="post" action=(inside.to("map/playing")) aria-label="Patients who come and go" {
                (csrf_field(&inside.visitor.csrf))
                (submit_as(doors, Look::Plain, "playing", playing))
            }
            (link_button("Compare with the chart", &inside.to("map/compare"), Look::Plain))
        }
        @if !map.living { p.small.quiet { "The laboratory and radiology keep orders, but report nothing by themselves until you let them work." } }
    }
}

fn interfaces(inside: &Inside, map: &HospitalMap) -> Markup {
    let columns = [
        Column::text("Interface"),
        Column::text("From"),
        Column::text("To"),
        Column::text("State"),
        Column::text("Waiting"),
        Column::text("Delivered"),
        Column::text("Last"),
        Column::text("Protocol"),
        Column::wide("Carries"),
        Column::number("Usual a day"),
    ];
    let rows: Vec<Row> = map.interfaces.iter().map(|one| row(inside, one)).collect();
    card(
        "Interfaces",
        &html! {},
        &html! { div.table-frame { (table("Interfaces", &columns, &rows, &html! {})) } },
    )
}

fn row(inside: &Inside, one: &InterfaceView) -> Row {
    let id = &one.id;
    Row::new(vec![
        html! { a href=(inside.to(&format!("map/{id}"))) { (id) } },
        html! { (one.from) },
        html! { (one.to) },
        html! { span id={ "state-" (id) } { (cells::state(one)) } },
        html! { span id={ "waiting-" (id) } { (cells::waiting(one)) } },
        html! { span id={ "carried-" (id) } { (cells::carried(one)) } },
        html! { span id={ "last-" (id) } { (cells::last(one)) } },
        html! { (one.protocol) },
        html! { span.small { (one.events.join(", ")) } },
        html! { (one.per_day) },
    ])
}

fn systems(inside: &Inside, map: &HospitalMap) -> Markup {
    let columns = [
        Column::text("System"),
        Column::text("Name"),
        Column::text("Host"),
        Column::text("Own records"),
        Column::wide("What for"),
    ];
    let rows: Vec<Row> = map.systems.iter().map(system_row).collect();
    let compare = link_button("Compare with the chart", &inside.to("map/compare"), Look::Quiet);
    card("Systems", &compare, &html! { div.table-frame { (table("Systems", &columns, &rows, &html! {})) } })
}

fn system_row(system: &SystemView) -> Row {
    let records = match &system.shares {
        Some(other) => html! { span.quiet { "those of " (other) } },
        None if system.records.is_empty() => html! { span.quiet { "none" } },
        None => {
            html! { @for (at, (kind, count)) in system.records.iter().enumerate() { @if at > 0 { ", " } (count) " " (kind) } }
        }
    };
    Row::new(vec![
        html! { code { (system.id) } },
        html! { (system.title) },
        html! { code.small { (system.host) } },
        records,
        html! { span.small { (system.about) } },
    ])
}
