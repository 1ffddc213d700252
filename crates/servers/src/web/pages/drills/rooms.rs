use axum::extract::{Path, State};
use maud::{Markup, html};

use crate::state::App;
use crate::web::assets::href;
use crate::web::pages::fault::Fault;
use crate::web::pages::frame::{Hospital, Place, framed};
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::{local, weekday};
use crate::web::ui::{Clock, Icon, Link, Look, Tone, breadcrumbs, link_button, notice};

/// `GET /drills/{drill}/rooms`: the same drill walked through, on the screen or in a headset. What is drawn is drawn by
/// `web/islands/rooms`; everything it offers is offered in words on the console too.
pub(super) async fn rooms(
    State(app): State<App>,
    visitor: Visitor,
    Path(drill): Path<String>,
) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let view = app.run(move |platform| platform.view_drill(&person, &drill)).await?;
    let root = format!("/drills/{}", view.drill.id);
    let title = format!("{}: rooms", view.scenario.title);
    let crumbs = [Link::to("Drills", "/drills"), Link::to(&view.scenario.title, &root)];
    let content = html! {
        drill-rooms.rooms data-api={ "/api/drills/" (view.drill.id) } {
            div.rooms-head {
                div { (breadcrumbs(&crumbs)) h1 { "Rooms" } p.rooms-state data-part="state" { (view.scenario.title) } }
                div.row {
                    span.tag.tag-warn data-part="away" hidden { (Icon::Clock) "The server is not heard; what you see may be old" }
                    span data-part="over" hidden { (link_button("Debrief", &format!("{root}/debrief"), Look::Primary)) }
                    (link_button("Console, without pictures", &root, Look::Plain))
                }
            }
            div.rooms-stage {
                div.rooms-view data-part="view" tabindex="0" role="group" aria-label="The hospital’s rooms" aria-describedby="rooms-keys" {
                    p.rooms-wait data-part="wait" role="status" { "The rooms are being built …" }
                    div.rooms-fails data-part="fails" hidden {
                        (notice(Tone::Warn, Some("No picture"), &html! { p data-part="words" {} p { (link_button("Go on without pictures", &root, Look::Primary)) } }))
                    }
                }
                aside.rooms-sheet data-part="sheet" hidden aria-label="What is here" {}
            }
            div.rooms-bar {
                div.row role="group" aria-label="Go to" {
                    @for (room, name) in [("centre", "Command centre"), ("machine", "Machine room"), ("second", "Second room"), ("ward", "Ward")] {
                        (does(&format!("go:{room}"), name))
                    }
                }
                div.row {
                    (does("messages", "Follow a message"))
                    (does("pass:1", "1 min later"))
                    (does("pass:5", "5 min later"))
                    button.button type="button" data-part="lay" { "Lay the network on a table" }
                    button.button.button-primary type="button" data-part="enter" { "Put on a headset" }
                }
            }
            p.small.quiet data-part="why" {}
            p.small.quiet { "A phone that cannot draw into the real room opens machines by " a href={ (root) "/labels" } { "labels to print" } "." }
            div.rooms-notes {
                details { summary { "How to move" } (keys()) }
                details { summary { "Comfort" } (comfort()) }
                details open { summary { "Everything in the rooms" } ul.rooms-list role="list" data-part="list" { li.quiet { "They are listed as soon as the rooms stand." } } }
            }
        }
        script type="module" src=(href("rooms.js")) {}
    };
    let (at, day) = (local(view.now_us), weekday(view.now_us));
    let clock = Clock { at: &at, day: &day, rate: view.rate };
    let hospital = Hospital { id: view.drill.sandbox.as_str(), clock };
    Ok(framed(&visitor, Place::Drills, &title, Some(hospital), &content))
}

/// A button of the island's own.
fn does(what: &str, words: &str) -> Markup {
    html! { button.button type="button" data-does=(what) { (words) } }
}

fn keys() -> Markup {
    let rows = [
        ("Drag, or arrow left and right", "look around"),
        ("W A S D, or arrow up and down", "walk; with Shift, quicker"),
        ("Press on the floor", "go there"),
        ("Press on a thing, or Enter", "open it: what it is, and what can be done there"),
        ("N and P", "turn to the next thing or the one before, and hear its name"),
        ("M", "where to go, and letting time pass"),
        ("G", "take the downtime cart along, or let it stand"),
        ("Escape", "close what is open"),
    ];
    html! {
        dl.rooms-keys id="rooms-keys" { @for (keys, what) in rows { div { dt { (keys) } dd { (what) } } } }
        p.small.quiet {
            "In a headset: point and press the trigger, or pinch; push the stick forward and let go to throw yourself to a place, sideways to turn. "
            "Squeeze to take a plug or the handle of the cart. A, B, X or Y opens the menu."
        }
    }
}

fn comfort() -> Markup {
    html! {
        div.rooms-comfort {
            div.field { label for="turn" { "Turning in a headset" } select.select id="turn" name="turn" {
                option value="30" { "By 30 degrees" } option value="45" { "By 45 degrees" } option value="60" { "By 60 degrees" } option value="0" { "Smoothly" }
            } }
            div.field { label for="hand" { "The hand that points" } select.select id="hand" name="hand" { option value="right" { "Right" } option value="left" { "Left" } } }
            @for (name, words) in [("seated", "I sit: lift my eyes to where they would be"), ("blinkers", "Darken the edge while I turn smoothly"), ("lively", "Let light run along cables and lamps flicker")] {
                div.choice { input type="checkbox" id=(name) name=(name); label for=(name) { (words) } }
            }
        }
    }
}
