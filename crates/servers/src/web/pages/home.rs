use axum::extract::State;
use maud::{Markup, html};
use platform::Platform;
use platform::labs::{LabState, LabSummary, TrackSummary};

use super::fault::Fault;
use super::frame::{Place, framed};
use super::said::said;
use super::standing::{is_open, standing_tag, start_button};
use super::visitor::Visitor;
use super::words::{counted, percent};
use crate::state::App;
use crate::web::ui::{
    Column, Icon, Look, Row, Tone, card, empty, link_button, notice, progress, sheet, table,
};

/// `GET /`: what to do next, how far along each track is, and what has been shown so far.
pub(super) async fn home(State(app): State<App>, visitor: Visitor) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let known = app.run(move |platform| Known::gather(platform, &person)).await?;
    let title = format!("Good to see you, {}", visitor.person.name);
    let content = html! {
        (said(visitor.said.as_ref()))
        div.pair {
            div.stack {
                (next(&known, &visitor))
                (evidence(&known))
            }
            (tracks(&known.tracks))
        }
    };
    Ok(framed(&visitor, Place::Home, "Home", None, &sheet(&[], &title, None, &content)))
}

/// What the page is about.
struct Known {
    tracks: Vec<TrackSummary>,
    labs: Vec<LabSummary>,
    /// What each competency means, by id.
    competencies: Vec<(String, String)>,
}

impl Known {
    fn gather(platform: &Platform, person: &platform::people::Person) -> Result<Self, Fault> {
        let catalogue = platform.catalogue();
        let competencies = catalogue.competencies.iter();
        Ok(Self {
            tracks: platform.tracks_for(person)?,
            labs: platform.labs_for(person)?,
            competencies: competencies.map(|one| (one.id.clone(), one.title.clone())).collect(),
        })
    }

    /// The open attempt that moved last.
    fn open(&self) -> Option<&LabSummary> {
        self.labs.iter().filter(|lab| is_open(&lab.standing)).max_by_key(|lab| lab.standing.changed.clone())
    }

    /// The first lab of the first track that is not finished.
    fn upcoming(&self) -> Option<&LabSummary> {
        let in_order = self.tracks.iter().flat_map(|track| &track.labs);
        in_order.chain(&self.labs).find(|lab| lab.standing.state == LabState::NotStarted)
    }

    fn is_new(&self) -> bool {
        self.labs.iter().all(|lab| lab.standing.attempt.is_none())
    }
}

fn next(known: &Known, visitor: &Visitor) -> Markup {
    if let Some(lab) = known.open() {
        return resume(lab);
    }
    let Some(lab) = known.upcoming() else { return all_done(known) };
    let title = if known.is_new() { "Begin here" } else { "Next" };
    let body = html! {
        h3.lead { a href={ "/labs/" (lab.id) } { (lab.title) } }
        p { (lab.summary) }
        p.quiet { (lab.level) " · " (lab.minutes) " min" }
        @if known.is_new() {
            (notice(Tone::Info, None, &html! { p {
                "Starting gives you a hospital of your own: a thousand synthetic patients, an electronic health record and a FHIR server. "
                "Whatever you break there is back with one click."
            } }))
        }
        (start_button(&lab.id, &format!("Start {}", lab.title), Look::Primary, &visitor.csrf))
    };
    card(title, &html! {}, &body)
}

fn resume(lab: &LabSummary) -> Markup {
    let cell = &lab.standing;
    let href = format!("/attempts/{}", cell.attempt.as_deref().unwrap_or_default());
    let body = html! {
        h3.lead { a href={ "/labs/" (lab.id) } { (lab.title) } }
        p { (lab.summary) }
        (progress("resume", "Checks passed", cell.green, cell.musts))
        @if let Some(failing) = &cell.failing { p.quiet { "Not so yet: " (failing) } }
        div { (link_button("Go on", &href, Look::Primary)) }
    };
    card("Where you left off", &standing_tag(cell), &body)
}

fn all_done(known: &Known) -> Markup {
    let next = link_button("See the tracks", "/tracks", Look::Primary);
    let body = if known.labs.is_empty() {
        empty(
            Icon::Lab,
            "There are no labs yet",
            "Whoever runs this Practicum can add a folder of them.",
            &next,
        )
    } else {
        let why = "Start any of them anew: you meet other patients and often another problem.";
        empty(Icon::Check, "Every lab is finished", why, &next)
    };
    card("Next", &html! {}, &body)
}

fn tracks(tracks: &[TrackSummary]) -> Markup {
    let holds_any = |track: &&TrackSummary| !track.labs.is_empty() || !track.drills.is_empty();
    let (open, empty): (Vec<_>, Vec<_>) = tracks.iter().partition(holds_any);
    let body = html! {
        @for track in open {
            div.stack.stack-tight {
                a href={ "/tracks/" (track.id) } { (track.title) }
                @if track.labs.is_empty() { span.quiet.small { (counted(track.drills.len(), "drill", "drills")) } }
                @else { (progress(&format!("track-{}", track.id), "Labs finished", track.finished, track.labs.len())) }
            }
        }
        @if !empty.is_empty() {
            p.quiet.small {
                "Still being written: "
                @for (index, track) in empty.iter().enumerate() {
                    @if index > 0 { ", " }
                    a href={ "/tracks/" (track.id) } { (track.title) }
                }
                "."
            }
        }
    };
    card("Tracks", &html! { a href="/tracks" { "All tracks" } }, &body)
}

fn evidence(known: &Known) -> Markup {
    let finished = known.labs.iter().filter(|lab| lab.standing.state == LabState::Finished);
    let rows: Vec<Row> = finished.map(|lab| evidence_row(lab, known)).collect();
    let columns = [
        Column::text("Lab"),
        Column::number("Worth"),
        Column::text("Help"),
        Column::wide("Shows that you can"),
    ];
    let why = "A finished lab is evidence of what you can do. It will stand here with what it showed.";
    let nothing = empty(Icon::Shield, "No evidence yet", why, &html! {});
    card("Evidence so far", &html! {}, &table("Evidence so far", &columns, &rows, &nothing))
}

fn evidence_row(lab: &LabSummary, known: &Known) -> Row {
    let cell = &lab.standing;
    let title = |id: &String| {
        known
            .competencies
            .iter()
            .find(|(known, _)| known == id)
            .map_or(id.clone(), |(_, title)| title.clone())
    };
    let href = format!("/attempts/{}", cell.attempt.as_deref().unwrap_or_default());
    Row::new(vec![
        html! { a href=(href) { (lab.title) } },
        html! { (percent(cell.score)) },
        html! { (counted(cell.hints, "hint", "hints")) },
        html! { ul.plain { @for id in &lab.competencies { li { (title(id)) } } } },
    ])
}
