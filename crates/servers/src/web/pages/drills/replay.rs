use axum::extract::{Path, Query, State};
use maud::{Markup, html};
use platform::drills::{DrillError, DrillView, MINUTE_US, Replay};
use serde::Deserialize;

use super::debrief::going_on;
use super::moments::{Moment, marks, moments};
use super::then::then;
use crate::state::App;
use crate::web::assets::href;
use crate::web::pages::fault::Fault;
use crate::web::pages::frame::{Place, framed};
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::at;
use crate::web::ui::{Link, Look, Tone, breadcrumbs, card, link_button, notice, sheet};

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    second: u32,
}

/// `GET /drills/{drill}/replay`: a drill that is over, as it stood at any moment of it: in its rooms, where they can be drawn, and
/// in words below. The slider of the page asks for this page again and takes the words from it.
pub(super) async fn replay(
    State(app): State<App>,
    visitor: Visitor,
    Path(drill): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let (last, replay) = app
        .run(move |platform| {
            let last = platform.view_drill(&person, &drill)?;
            let is_over = last.drill.ended.is_some();
            let replay = is_over.then(|| platform.replay_drill(&person, &drill, asked.second)).transpose()?;
            Ok::<_, DrillError>((last, replay))
        })
        .await?;
    let root = format!("/drills/{}", last.drill.id);
    let title = format!("Replay: {}", last.scenario.title);
    let back = format!("{root}/debrief");
    let crumbs =
        [Link::to("Drills", "/drills"), Link::to(&last.scenario.title, &root), Link::to("Debrief", &back)];
    let page = match replay {
        Some(replay) => shown(&crumbs, &root, &last, &replay),
        None => sheet(&crumbs, &title, None, &card("Replay", &html! {}, &going_on(&root))),
    };
    Ok(framed(&visitor, Place::Drills, &title, None, &page))
}

fn shown(crumbs: &[Link<'_>], root: &str, last: &DrillView, replay: &Replay) -> Markup {
    let address = format!("{root}/replay");
    let all = moments(last);
    html! {
        drill-replay.rooms data-api={ "/api/drills/" (last.drill.id) } {
            div.rooms-head {
                div { (breadcrumbs(crumbs)) h1 { "Replay" } p.rooms-state { (last.scenario.title) } }
                div.row { (link_button("Debrief", &format!("{root}/debrief"), Look::Plain)) }
            }
            div.rooms-stage.replay-stage {
                div.rooms-view data-part="view" tabindex="0" role="group" aria-label="The hospital’s rooms, as they were" aria-describedby="replay-keys" {
                    p.rooms-wait data-part="wait" role="status" { "The rooms are being built …" }
                    div.rooms-fails data-part="fails" hidden {
                        (notice(Tone::Warn, Some("No picture"), &html! { p data-part="words" {} }))
                    }
                }
                aside.rooms-sheet data-part="sheet" hidden aria-label="What is here" {}
            }
            (line(&address, &all, last, replay))
            p.small.quiet id="replay-keys" {
                "On the line, arrows go on by a minute, Page Up and Page Down by ten. In the picture: drag or arrows to look and walk, N and P for the next thing, Enter to open it."
            }
            div.replay-columns {
                section.card { header.card-head { h2 { "Moments" } } div.card-body { (marks(&address, &all, replay.second)) } }
                div #replay-then aria-live="off" { (then(replay)) }
            }
        }
        script type="module" src=(href("rooms.js")) {}
    }
}

/// The line of time: a slider, with a mark for whatever came, was decided or must not have been.
fn line(address: &str, all: &[Moment], last: &DrillView, replay: &Replay) -> Markup {
    let lasted = replay.seconds.max(1);
    html! {
        form.replay-line action=(address) method="get" {
            div.row {
                @for (room, name) in [("centre", "Command centre"), ("machine", "Machine room"), ("second", "Second room"), ("ward", "Ward")] {
                    button.button.button-quiet type="button" data-does={ "go:" (room) } { (name) }
                }
            }
            div.replay-track {
                label.visually-hidden for="second" { "The moment" }
                input type="range" id="second" name="second" min="0" max=(lasted) step="1" value=(replay.second)
                    data-part="second" data-begun=(last.run.begun_us / 1_000_000) aria-valuetext=(words(last, replay.second))
                    hx-get=(address) hx-trigger="change, input delay:250ms" hx-sync="this:replace" hx-select="#replay-then > *" hx-target="#replay-then" hx-swap="innerHTML" hx-replace-url="true";
                svg.replay-marks viewBox={ "0 0 " (lasted) " 10" } preserveAspectRatio="none" aria-hidden="true" focusable="false" {
                    @for one in all { line class={ "replay-" (one.kind) } x1=(one.second) x2=(one.second) y1="0" y2="10" {} }
                }
            }
            div.row.replay-does {
                button.button type="button" data-moves="back" { "Moment before" }
                button.button.button-primary type="button" data-moves="play" aria-pressed="false" { "Play" }
                button.button type="button" data-moves="on" { "Next moment" }
                output.replay-now for="second" data-part="now" { (words(last, replay.second)) }
                noscript { button.button type="submit" { "Show this moment" } }
            }
        }
    }
}

/// A moment as somebody says it: time of day and minute.
fn words(last: &DrillView, second: u32) -> String {
    let clock = at(last.run.begun_us + i64::from(second) * 1_000_000);
    let clock = clock.rsplit(' ').next().unwrap_or_default().to_owned();
    format!("{clock}, minute {}", i64::from(second) * 1_000_000 / MINUTE_US)
}
