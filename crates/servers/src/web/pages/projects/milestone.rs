use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::projects::{Milestone, ProjectError, Standing, Version, Work};

use super::drawn::{Drawn, project_page, state_tag};
use super::hand_in::hand_in_form;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::{at, day};
use crate::web::ui::{
    Field, Icon, Look, Takes, Tone, card, empty, markdown, notice, post_form, submit, submit_as, tag_with,
};

/// `GET /projects/{project}/milestones/{milestone}`.
pub(super) async fn milestone(
    State(app): State<App>,
    visitor: Visitor,
    Path((project, milestone)): Path<(String, String)>,
) -> Result<Markup, Fault> {
    let (person, asked) = (visitor.person.clone(), project.clone());
    let view = app.run(move |platform| platform.view_project(&person, &asked)).await?;
    let none = || Fault::from(ProjectError::NotYours(project.chars().take(64).collect()));
    let standing = view.standings.iter().find(|one| one.id == milestone).ok_or_else(none)?;
    let found = view.project.milestone(&milestone).ok_or_else(none)?;
    let drawn = Drawn { view: &view, csrf: &visitor.csrf };
    let work = view.run.work.get(&milestone);
    let nothing = html! {};
    let content = html! {
        (card("What to do", &state_tag(standing.state), &drawn.task(found, standing, work)))
        @if !found.checks.is_empty() { div #hospital { (card("What the hospital shows", &nothing, &drawn.found(found, standing))) } }
        div #handed-in { (card("What is handed in", &nothing, &drawn.handed_in(found, standing, work))) }
        div #reviews { (card("Reviews", &nothing, &drawn.reviews(found, standing, work))) }
        @if let Some(form) = drawn.ruling_form(found, standing) { (card("The panel rules", &nothing, &form)) }
    };
    Ok(project_page(&visitor, &drawn, (Some(&found.title), &found.artefact), &content))
}

impl Drawn<'_> {
    fn task(&self, milestone: &Milestone, standing: &Standing, work: Option<&Work>) -> Markup {
        html! {
            p { "Due by the end of " strong { (day(standing.due_us - 1)) } "." }
            @if let Some(ruling) = work.and_then(|work| work.ruling.as_ref()) {
                @let (tone, word) = if ruling.accepted { (Tone::Good, "Accepted") } else { (Tone::Warn, "Returned") };
                (notice(tone, Some(&format!("{word} by {}", self.view.name(&ruling.by))), &html! { p { (ruling.words) } }))
            }
            (markdown(&milestone.brief))
        }
    }

    fn found(&self, milestone: &Milestone, standing: &Standing) -> Markup {
        let looked_us = self.view.run.looks.last().map(|look| look.at_us);
        html! {
            ul.pj-found role="list" {
                @for (check, title) in self.view.checks(&milestone.id) {
                    @let found = standing.found.iter().find(|one| one.check == check);
                    li {
                        p {
                            @match found {
                                Some(one) if one.passed => { (tag_with(Tone::Good, Icon::Check, "holds")) }
                                Some(_) => { (tag_with(Tone::Bad, Icon::Cross, "does not hold")) }
                                None => { (tag_with(Tone::Neutral, Icon::Clock, "not looked at")) }
                            }
                            " " (title)
                        }
                        @if let Some(one) = found.filter(|one| !one.passed) {
                            p.small.quiet { "Seen: " (one.observed) }
                            @if !self.view.hints(&milestone.id, check).is_empty() {
                                details { summary { "Where to look" span.visually-hidden { ": " (title) } } ul.prose { @for hint in self.view.hints(&milestone.id, check) { li { (hint) } } } }
                            }
                        }
                    }
                }
            }
            @if let Some(us) = looked_us { p.small.quiet { "Looked at " (at(us)) " UTC. What has been done since then is not in it." } }
            @if self.is_open() {
                (post_form(&format!("{}/look", self.root()), self.csrf, &html! {
                    input type="hidden" name="back" value={ "/milestones/" (milestone.id) "#hospital" };
                    div.form-actions { (submit("Look at the hospital now", Look::Plain)) (self.way_in(Look::Quiet)) }
                }))
            }
        }
    }

    fn handed_in(&self, milestone: &Milestone, standing: &Standing, work: Option<&Work>) -> Markup {
        let versions = work.map(|work| work.versions.as_slice()).unwrap_or_default();
        let (last, earlier) = match versions.split_last() {
            Some((last, earlier)) => (Some(last), earlier),
            None => (None, versions),
        };
        let takes = standing.state != platform::projects::State::Accepted;
        html! {
            @match last {
                None => { (empty(Icon::Note, "Nothing yet", &milestone.artefact, &html! {})) }
                Some(version) => { (self.version(milestone, versions.len(), version)) }
            }
            @if !earlier.is_empty() {
                details { summary { "Earlier versions" }
                    @for (place, version) in earlier.iter().enumerate().rev() { (self.version(milestone, place + 1, version)) }
                }
            }
            @if self.works() && takes {
                details { summary { @if versions.is_empty() { "Hand in" } @else { "Hand in a new version" } } (hand_in_form(self, milestone, last)) }
            }
        }
    }

    fn version(&self, milestone: &Milestone, number: usize, version: &Version) -> Markup {
        let authors: Vec<&str> = version.authors().map(|id| self.view.name(id)).collect();
        html! {
            section.pj-version {
                h3 { "Version " (number) }
                p.small.quiet { (authors.join(", ")) " · " (at(version.at_us)) " UTC" }
                @if !version.text.is_empty() { div.pj-text { (markdown(&version.text)) } }
                @if let Some(file) = &version.file {
                    p { a href={ (self.root()) "/milestones/" (milestone.id) "/versions/" (number) "/file" } { (file.name) } span.quiet { " (" (file.size_bytes.div_ceil(1024)) " kB)" } }
                }
            }
        }
    }

    fn ruling_form(&self, milestone: &Milestone, standing: &Standing) -> Option<Markup> {
        use platform::projects::State;
        let is_ruled = matches!(standing.state, State::Open | State::Accepted | State::Returned);
        if !self.rules() || is_ruled {
            return None;
        }
        let back = format!("/milestones/{}", milestone.id);
        Some(self.form("rule", &back, &html! {
            p.quiet { "It is accepted after a review by a peer that its authors have answered" @if !milestone.checks.is_empty() { ", and when the hospital was seen to hold every check" } "." }
            input type="hidden" name="milestone" value=(milestone.id);
            (Field::new("words", "Why").id("ruling").takes(Takes::Block).required())
            div.form-actions {
                (submit_as("Accept", Look::Primary, "accepted", "yes"))
                (submit_as("Return it", Look::Plain, "accepted", "no"))
            }
        }))
    }
}
