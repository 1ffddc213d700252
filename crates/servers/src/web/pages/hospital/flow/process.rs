//! The process map: what followed what, after how long, by the journal.

use axum::extract::{Query, State};
use maud::{Markup, html};
use platform::flow::{About, Edge, Map, Node, Variant};
use serde::Deserialize;

use super::words::span;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::ui::{Choice, Column, Icon, Look, Row, Select, card, empty, submit, table};

/// Ways that are listed; the others are counted.
const VARIANTS_MAX: usize = 20;

/// What is mapped.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Chosen {
    about: String,
    rare: String,
}

/// `GET …/flow/process`.
pub(super) async fn process(
    State(app): State<App>,
    inside: Inside,
    Query(chosen): Query<Chosen>,
) -> Result<Markup, Fault> {
    let about = About::of(&chosen.about).unwrap_or(About::Care);
    // What is no share shows everything.
    let rare = chosen.rare.parse::<f64>().ok().filter(|share| (0.0..=1.0).contains(share)).unwrap_or(0.0);
    let map = inside.run(&app, move |platform, access| platform.flow_map(access, about, rare)).await?;
    let work = html! {
        div.flow-page {
            header.flow-head {
                div { h2 { "Process map" } p.quiet { "How work really went, by the journal: a case for each patient." } }
                a.button href=(inside.to("flow")) { "Back to flow" }
            }
            (choose(&inside, about, &chosen.rare))
            @if map.nodes.is_empty() { (empty(Icon::List, "Nothing of this kind has happened yet", "Work in the hospital, let it live on, or choose something else above.", &html! {})) }
            @else { (drawn(&map)) }
        }
    };
    Ok(inside.page(Tab::Flow, "Process map", &work))
}

fn choose(inside: &Inside, about: About, rare: &str) -> Markup {
    let abouts = [
        Choice::new("care", "What people did: commands"),
        Choice::new("messages", "What systems told each other: HL7 v2"),
        Choice::new("records", "What was written: FHIR"),
    ];
    let rares = [
        Choice::new("0", "All"),
        Choice::new("0.05", "Without those below 5 %"),
        Choice::new("0.2", "Without those below 20 %"),
    ];
    html! {
        form.flow-wish method="get" action=(inside.to("flow/process")) {
            (Select::new("about", "About", &abouts).chosen(about.word()))
            (Select::new("rare", "Steps", &rares).chosen(if rare.is_empty() { "0" } else { rare }))
            (submit("Show", Look::Plain))
        }
    }
}

fn drawn(map: &Map) -> Markup {
    let steps = [
        Column::text("From"),
        Column::text("To"),
        Column::number("Times"),
        Column::number("Median"),
        Column::number("Nine in ten within"),
    ];
    let edge = |edge: &Edge| {
        Row::new(vec![
            html! { (edge.from) },
            html! { (edge.to) },
            html! { (edge.count) },
            html! { (span(edge.median_s)) },
            html! { (span(edge.p90_s)) },
        ])
    };
    let activities = [
        Column::text("Activity"),
        Column::number("Times"),
        Column::number("Begins a case"),
        Column::number("Ends one"),
        Column::number("Done again, cases"),
    ];
    let node = |node: &Node| {
        let again = map.loops.iter().find(|found| found.activity == node.activity);
        Row::new(vec![
            html! { (node.activity) },
            html! { (node.count) },
            html! { (node.starts) },
            html! { (node.ends) },
            html! { (again.map_or(0, |found| found.cases)) },
        ])
    };
    let none = html! { p.quiet { "Nothing followed anything: every case is one step long." } };
    html! {
        (card("Steps", &html! {}, &table("What directly followed what", &steps, &map.edges.iter().map(edge).collect::<Vec<_>>(), &none)))
        (card("Activities", &html! {}, &table("What was done", &activities, &map.nodes.iter().map(node).collect::<Vec<_>>(), &html! {})))
        (card("Ways", &html! {}, &ways(map)))
    }
}

fn ways(map: &Map) -> Markup {
    let way = |variant: &Variant| {
        html! {
            li {
                b { (variant.count) " of " (map.cases) } " cases, median " (span(variant.median_s)) ": "
                span.flow-way { @for (at, activity) in variant.activities.iter().enumerate() { @if at > 0 { " → " } (activity) } }
            }
        }
    };
    let rest = map.variants.len().saturating_sub(VARIANTS_MAX);
    html! {
        ol.flow-ways { @for variant in map.variants.iter().take(VARIANTS_MAX) { (way(variant)) } }
        @if rest > 0 { p.quiet { "And " (rest) " more ways." } }
    }
}
