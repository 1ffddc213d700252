use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::labs::{LabSummary, TrackSummary};

use super::fault::Fault;
use super::frame::{Place, framed};
use super::standing::standing_tag;
use super::visitor::Visitor;
use super::words::{capital, counted};
use crate::state::App;
use crate::web::ui::{Icon, Link, Look, Tone, card_link, empty, link_button, progress, sheet, tag, tag_with};

const INTRO: &str = "Each track leads from first steps to daily work. Take them in any order.";

/// `GET /tracks`.
pub(super) async fn tracks(State(app): State<App>, visitor: Visitor) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let tracks = app.run(move |platform| platform.tracks_for(&person)).await?;
    let content = html! { div.cards { @for track in &tracks { (track_card(track)) } } };
    let page = sheet(&[], "Tracks", Some(INTRO), &content);
    Ok(framed(&visitor, Place::Tracks, "Tracks", None, &page))
}

fn track_card(track: &TrackSummary) -> Markup {
    let foot = html! {
        @if track.labs.is_empty() && track.drills.is_empty() { (tag(Tone::Neutral, "nothing here yet")) }
        @if !track.drills.is_empty() { (tag(Tone::Accent, &counted(track.drills.len(), "drill", "drills"))) }
        @if !track.labs.is_empty() { (tag(Tone::Accent, &counted(track.labs.len(), "lab", "labs"))) (tag(Tone::Neutral, &total_minutes(track))) }
    };
    let body = html! {
        p { (track.about) }
        @if !track.labs.is_empty() {
            (progress(&format!("track-{}", track.id), "Labs finished", track.finished, track.labs.len()))
        }
    };
    card_link(&track.title, &format!("/tracks/{}", track.id), &body, &foot)
}

fn total_minutes(track: &TrackSummary) -> String {
    format!("{} min", track.labs.iter().map(|lab| lab.minutes).sum::<u32>())
}

/// `GET /tracks/{slug}`.
pub(super) async fn track(
    State(app): State<App>,
    visitor: Visitor,
    Path(slug): Path<String>,
) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let tracks = app.run(move |platform| platform.tracks_for(&person)).await?;
    let track = tracks.into_iter().find(|track| track.id == slug);
    let track = track.ok_or_else(|| Fault::Missing(format!("There is no track '{slug}'.")))?;
    let content = html! {
        div.stack {
            @if track.labs.is_empty() && track.drills.is_empty() { (nothing_yet(&track)) }
            @if !track.labs.is_empty() { (labs(&track)) }
            @if !track.drills.is_empty() { (drills(&track)) }
        }
    };
    let crumbs = [Link::to("Tracks", "/tracks"), Link::to(&track.title, "")];
    let page = sheet(&crumbs, &track.title, Some(&track.about), &content);
    Ok(framed(&visitor, Place::Tracks, &track.title, None, &page))
}

fn nothing_yet(track: &TrackSummary) -> Markup {
    let why = format!(
        "The labs of “{}” are still being written. The other tracks have some that are ready.",
        track.title
    );
    let next = link_button("See the other tracks", "/tracks", Look::Plain);
    html! { h2.visually-hidden { "Labs" } div.card { (empty(Icon::Lab, "Nothing here yet", &why, &next)) } }
}

fn labs(track: &TrackSummary) -> Markup {
    html! {
        div.stack {
            (progress("finished", "Labs finished", track.finished, track.labs.len()))
            ol.lab-list role="list" { @for lab in &track.labs { li { (lab_card(lab)) } } }
        }
    }
}

fn drills(track: &TrackSummary) -> Markup {
    html! {
        h2.visually-hidden { "Drills" }
        ol.lab-list role="list" {
            @for drill in &track.drills {
                li {
                    (card_link(&drill.title, &format!("/drills#{}", drill.id), &html! { p { (drill.summary) } }, &html! {
                        (tag(Tone::Accent, &capital(&drill.level)))
                        (tag(Tone::Neutral, &format!("{} min", drill.minutes)))
                        @if drill.passed { (tag_with(Tone::Good, Icon::Check, "passed")) } @else { (tag(Tone::Neutral, "not passed yet")) }
                    }))
                }
            }
        }
    }
}

/// A lab in a list.
pub(super) fn lab_card(lab: &LabSummary) -> Markup {
    let foot = html! {
        (tag(Tone::Accent, &capital(lab.level)))
        (tag(Tone::Neutral, &format!("{} min", lab.minutes)))
        (standing_tag(&lab.standing))
    };
    card_link(&lab.title, &format!("/labs/{}", lab.id), &html! { p { (lab.summary) } }, &foot)
}
