//! What stands on a board, to be read: on paper, without scripts, and until the live board has begun.

use maud::{Markup, html};
use platform::workshops::{BoardContents, Lane};
use serde_json::json;

use crate::web::ui::{Icon, card, empty};

/// A board in the order in which it is read.
pub(super) fn drawn(contents: &BoardContents) -> Markup {
    let no_aside = html! {};
    html! {
        @if *contents == BoardContents::default() {
            (card("Board", &no_aside, &empty(Icon::Info, "Nothing stands on it yet", "Notes, cards, a process and a table come here as soon as somebody writes them.", &html! {})))
        }
        @if !contents.notes.trim().is_empty() { (card("Notes", &no_aside, &html! { p.board-plain { (contents.notes) } })) }
        @if !contents.cards.is_empty() { (card("Cards", &no_aside, &cards(contents))) }
        @if !contents.steps.is_empty() { (card("Process", &no_aside, &process(contents))) }
        @if !contents.columns.is_empty() { (card("Table", &no_aside, &table(contents))) }
    }
}

fn cards(contents: &BoardContents) -> Markup {
    html! {
        div.board-lanes {
            @for lane in Lane::ALL {
                @let cards: Vec<_> = contents.cards.iter().filter(|card| card.lane == lane).collect();
                section.board-lane data-lane=(lane.slug()) {
                    h3 { (lane.title()) }
                    @if cards.is_empty() { p.quiet { "No card" } }
                    @else { ul.board-list role="list" { @for card in cards { li.board-item.board-plain { (card.text) } } } }
                }
            }
        }
    }
}

fn process(contents: &BoardContents) -> Markup {
    let number = |id: &str| contents.steps.iter().position(|step| step.id == id).map_or(0, |at| at + 1);
    html! {
        process-map data-process=(json!({"steps": contents.steps, "links": contents.links})) {}
        ol.board-list role="list" {
            @for step in &contents.steps {
                li.board-item {
                    p { span.board-number { (number(&step.id)) } " " strong.board-plain { (step.label) } " " span.quiet { (step.kind.title()) @if !step.who.is_empty() { " · " (step.who) } } }
                    @for link in contents.links.iter().filter(|link| link.from == step.id) {
                        p { "→ " (number(&link.to)) ", " (contents.label(&link.to)) @if !link.when.is_empty() { span.quiet { " when " (link.when) } } }
                    }
                }
            }
        }
    }
}

fn table(contents: &BoardContents) -> Markup {
    html! {
        div.table-scroll.board-grid role="group" aria-label="Table" tabindex="0" {
            table {
                thead { tr { th scope="col" { span.visually-hidden { "Row" } } @for name in &contents.columns { th scope="col" { (name) } } } }
                tbody {
                    @for (at, row) in contents.rows.iter().enumerate() {
                        tr { th scope="row" { (at + 1) } @for cell in row { td { (cell) } } }
                    }
                }
            }
        }
    }
}
