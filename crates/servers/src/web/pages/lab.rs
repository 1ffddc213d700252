use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use platform::labs::{LabError, LabState, LabSummary, Start};
use serde::Deserialize;

use super::fault::Fault;
use super::form::PageForm;
use super::frame::{Place, framed};
use super::standing::{is_open, standing_tag, start_button};
use super::visitor::Visitor;
use super::words::{capital, counted, date};
use crate::state::App;
use crate::web::ui::{
    Confirm, Icon, Link, Look, card, confirm, facts, link_button, markdown, progress, sheet,
};

/// What a lab is, before anyone has values of their own.
struct Told {
    summary: LabSummary,
    tracks: Vec<(String, String)>,
    situation: String,
    steps: Vec<String>,
    competencies: Vec<String>,
    citations: Vec<(String, String)>,
}

/// `GET /labs/{slug}`: the situation, what is to be done, what it rests on, and the way in.
pub(super) async fn lab(
    State(app): State<App>,
    visitor: Visitor,
    Path(slug): Path<String>,
) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let told = app.run(move |platform| tell(platform, &person, &slug)).await?;
    let lab = &told.summary;
    let content = html! {
        div.pair {
            div.stack {
                (way_in(lab, &visitor.csrf))
                @if !told.situation.is_empty() { (card("The situation", &html! {}, &markdown(&told.situation))) }
                (card("What you will do", &html! {}, &to_do(&told)))
                (card("What it rests on", &html! {}, &citations(&told)))
            }
            div.stack { (about(&told)) }
        }
    };
    let href = told.tracks.first().map(|(id, _)| format!("/tracks/{id}")).unwrap_or_default();
    let mut crumbs = vec![Link::to("Tracks", "/tracks")];
    crumbs.extend(told.tracks.first().map(|(_, title)| Link::to(title, &href)));
    crumbs.push(Link::to(&lab.title, ""));
    let page = sheet(&crumbs, &lab.title, Some(&lab.summary), &content);
    Ok(framed(&visitor, Place::Tracks, &lab.title, None, &page))
}

fn tell(
    platform: &platform::Platform,
    person: &platform::people::Person,
    slug: &str,
) -> Result<Told, LabError> {
    let summary = platform.lab_for(person, slug)?;
    let catalogue = platform.catalogue();
    let lab = catalogue.lab(slug).ok_or_else(|| LabError::NoSuchLab(slug.to_owned()))?;
    let steps = lab.variants.first().map(|variant| variant.steps.as_slice()).unwrap_or_default();
    let named = |id: &String| {
        let known = catalogue.competencies.iter().find(|one| one.id == *id);
        known.map_or_else(|| id.clone(), |one| one.title.clone())
    };
    let tracks = summary.tracks.iter().filter_map(|id| catalogue.track(id));
    Ok(Told {
        tracks: tracks.map(|track| (track.id.clone(), track.title.clone())).collect(),
        situation: situation(&lab.brief),
        steps: steps.iter().map(|step| without_values(&step.title)).collect(),
        competencies: summary.competencies.iter().map(named).collect(),
        citations: lab.citations.iter().map(|one| (one.name.clone(), one.checked.clone())).collect(),
        summary,
    })
}

/// The first paragraphs of a brief, as far as they hold no value that is made for each learner.
fn situation(brief: &str) -> String {
    let paragraphs = brief.trim().split("\n\n").take_while(|paragraph| !paragraph.contains('{'));
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

/// A title with a dash of dots where a learner's own value will stand.
fn without_values(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    let mut rest = title;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        out.push('…');
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    out + rest
}

fn to_do(told: &Told) -> Markup {
    html! {
        ol.prose { @for step in &told.steps { li { (step) } } }
        p.quiet { "Checks look at your hospital itself and turn green by themselves as soon as what they ask for is so. Hints are there when you need them, each at a price." }
    }
}

fn citations(told: &Told) -> Markup {
    html! {
        ul.prose {
            @for (name, checked) in &told.citations {
                li { (name) " " span.quiet { "(compared " time datetime=(checked) { (date(checked)) } ")" } }
            }
        }
    }
}

fn about(told: &Told) -> Markup {
    let lab = &told.summary;
    let problems = match lab.variants {
        1 => "one problem, with patients and values of your own".to_owned(),
        many => format!("one of {many} problems, with patients and values of your own"),
    };
    let rows = [
        ("Level", html! { (capital(lab.level)) }),
        ("Time", html! { (lab.minutes) " minutes" }),
        ("You meet", html! { (problems) }),
        ("Shows that you can", html! { ul.plain { @for title in &told.competencies { li { (title) } } } }),
    ];
    card("About this lab", &html! {}, &facts(&rows))
}

fn way_in(lab: &LabSummary, csrf: &str) -> Markup {
    let cell = &lab.standing;
    let href = format!("/attempts/{}", cell.attempt.as_deref().unwrap_or_default());
    let body = html! {
        @if is_open(cell) { (progress("checks", "Checks passed", cell.green, cell.musts)) }
        @if cell.number > 1 { p.quiet { "This is your attempt " (cell.number) "." } }
        @if cell.hints > 0 { p.quiet { (counted(cell.hints, "hint", "hints")) " taken." } }
        div.row {
            @match cell.state {
                LabState::NotStarted => { (start_button(&lab.id, "Start", Look::Primary, csrf)) }
                LabState::InProgress | LabState::Stuck => {
                    (link_button("Go on", &href, Look::Primary)) (anew(lab, "What you have done in it stays on record as given up, and its hospital is deleted.", csrf))
                }
                LabState::Finished => {
                    (link_button("Look at what you did", &href, Look::Plain)) (anew(lab, "Your finished attempt stays as it is.", csrf))
                }
            }
        }
    };
    card("Your attempt", &standing_tag(cell), &body)
}

fn anew(lab: &LabSummary, what_happens: &str, csrf: &str) -> Markup {
    let question = Confirm {
        id: "anew",
        opens: "Start anew…",
        icon: Some(Icon::Reset),
        title: "Start this lab anew?",
        body: html! {
            p { "You get another hospital with other patients, and perhaps another problem. " (what_happens) }
            input type="hidden" name="anew" value="yes";
        },
        action: &format!("/labs/{}/start", lab.id),
        does: "Start anew",
        look: Look::Primary,
    };
    confirm(&question, csrf)
}

#[derive(Deserialize)]
pub(super) struct How {
    #[serde(default)]
    anew: String,
}

/// `POST /labs/{slug}/start`.
pub(super) async fn start(
    State(app): State<App>,
    Path(slug): Path<String>,
    form: PageForm<How>,
) -> Result<Response, Fault> {
    let person = form.visitor.person;
    let how = Start { anew: form.fields.anew == "yes", ..Start::default() };
    let attempt = app.run(move |platform| platform.start_attempt(&person, &slug, &how)).await?;
    Ok(Redirect::to(&format!("/attempts/{}", attempt.id)).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_for_each_learner_is_not_told_before() {
        assert_eq!(without_values("A bed on {ward.name}"), "A bed on …");
        assert_eq!(without_values("{a}, {b}!"), "…, …!");
        assert_eq!(without_values("broken {here"), "broken …");
        assert_eq!(situation("One.\n\nTwo {x}.\n\nThree."), "One.");
    }
}
