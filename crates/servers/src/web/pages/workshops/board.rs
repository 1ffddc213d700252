use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::workshops::BoardView;

use super::board_drawn::drawn;
use crate::state::App;
use crate::web::assets::href;
use crate::web::pages::fault::Fault;
use crate::web::pages::frame::{Place, framed};
use crate::web::pages::visitor::Visitor;
use crate::web::ui::{Icon, Link, Look, Tone, link_button, notice, sheet};

/// `GET /workshops/{workshop}/board`: what several people write at once. `web/islands/board` puts fields where this page shows what stood there.
pub(super) async fn board(
    State(app): State<App>,
    visitor: Visitor,
    Path(workshop): Path<String>,
) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let view = app.run(move |platform| platform.view_board(&person, &workshop)).await?;
    let root = format!("/workshops/{}", view.workshop.id);
    let content = html! {
        shared-board data-api={ "/api" (root) "/board" } data-me=(visitor.person.id) data-view="side-by-side" {
            div.board-head {
                div.board-said {
                    p { span.tag role="status" data-part="state" { (Icon::Clock) "Reading the board …" } }
                    p.quiet data-part="here" {}
                    p.board-why-not data-part="why-not" hidden {}
                }
                div.row role="group" aria-label="How the board is shown" {
                    button.button type="button" data-does="side-by-side" data-view-choice aria-pressed="true" { "Side by side" }
                    button.button type="button" data-does="outline" data-view-choice aria-pressed="false" { "Outline" }
                }
                div.row role="group" aria-label="What was done" {
                    button.button type="button" data-does="undo" data-writes { "Undo" }
                    button.button type="button" data-does="redo" data-writes { "Redo" }
                    @if view.facilitates { button.button type="button" data-does="lock" { @if view.locked { "Open the board" } @else { "Lock the board" } } }
                }
            }
            noscript { (notice(Tone::Info, None, &html! { p { "Writing on the board needs JavaScript. Load the page again to see what others have written since." } })) }
            div.stack data-part="work" { (drawn(&view.contents)) }
            details.board-keys { summary { "Keys" } (keys()) }
        }
        (taken_along(&root))
        div.row { (link_button("Back to the room", &root, Look::Quiet)) }
        script type="module" src=(href("board.js")) {}
    };
    Ok(page(
        &visitor,
        &view,
        "Board",
        Some(
            "Everybody who takes part writes here at once. What one role alone knows is not on it until somebody writes it down.",
        ),
        &content,
    ))
}

/// `GET /workshops/{workshop}/board/print`: the board as it stands, to be printed or read without scripts.
pub(super) async fn print(
    State(app): State<App>,
    visitor: Visitor,
    Path(workshop): Path<String>,
) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let view = app.run(move |platform| platform.view_board(&person, &workshop)).await?;
    let root = format!("/workshops/{}", view.workshop.id);
    let content = html! {
        div.stack { (drawn(&view.contents)) }
        (taken_along(&root))
        div.row { (link_button("Back to the board", &format!("{root}/board"), Look::Quiet)) }
        script type="module" src=(href("board.js")) {}
    };
    Ok(page(&visitor, &view, "Board, for print", None, &content))
}

fn page(visitor: &Visitor, view: &BoardView, what: &str, intro: Option<&str>, content: &Markup) -> Markup {
    let root = format!("/workshops/{}", view.workshop.id);
    let title = format!("{what}: {}", view.case.title);
    let crumbs = [Link::to("Workshops", "/workshops"), Link::to(&view.case.title, &root)];
    framed(visitor, Place::Workshops, &title, None, &sheet(&crumbs, &title, intro, content))
}

fn taken_along(root: &str) -> Markup {
    html! {
        div.row.board-along role="group" aria-label="Take the board along" {
            (link_button("For print", &format!("{root}/board/print"), Look::Plain))
            (link_button("As Markdown", &format!("{root}/board.md"), Look::Plain))
            (link_button("Cards as CSV", &format!("{root}/board-cards.csv"), Look::Plain))
            (link_button("Table as CSV", &format!("{root}/board-table.csv"), Look::Plain))
        }
    }
}

fn keys() -> Markup {
    let rows = [
        ("Tab, Shift and Tab", "go from field to field and from button to button, in the order of reading"),
        ("Ctrl and Enter", "in a card, a step or a cell: add one below"),
        ("Alt and ↑, Alt and ↓", "move the card, step or row in which you are"),
        ("Alt, Shift and ←, Alt, Shift and →", "in a card: put it into the lane beside"),
        ("↑, ↓", "in a cell: go to the row above or below"),
    ];
    html! { dl.rooms-keys { @for (keys, what) in rows { div { dt { (keys) } dd { (what) } } } } }
}
