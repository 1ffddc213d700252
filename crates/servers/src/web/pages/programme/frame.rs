use maud::{Markup, html};

use crate::web::pages::frame::{Place, framed};
use crate::web::pages::said::said;
use crate::web::pages::visitor::Visitor;
use crate::web::ui::{Link, sheet, tabs};

/// A view of the programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    Cohorts,
    Roster,
    Organisations,
}

/// A page about the programme as a whole.
pub(super) fn programme_page(
    visitor: &Visitor,
    view: View,
    title: &str,
    intro: &str,
    content: &Markup,
) -> Markup {
    let views = [
        Link::to("Cohorts", "/programme").current(view == View::Cohorts),
        Link::to("Class lists", "/programme/roster").current(view == View::Roster),
        Link::to("Organisations", "/programme/organisations").current(view == View::Organisations),
        Link::to("Pairing", "/mentoring/pairing"),
    ];
    let content = html! {
        (said(visitor.said.as_ref()))
        (tabs("Programme", &views))
        div.stack { (content) }
    };
    let crumbs = [Link::to("Programme", "/programme"), Link::to(title, "")];
    let crumbs = if view == View::Cohorts { &[][..] } else { &crumbs[..] };
    framed(visitor, Place::Programme, title, None, &sheet(crumbs, title, Some(intro), &content))
}

/// A view of a cohort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CohortTab {
    Matrix,
    Gradebook,
    Integrity,
    Outcomes,
    People,
}

/// A page about one cohort.
pub(super) fn cohort_page(
    visitor: &Visitor,
    (id, title): (&str, &str),
    tab: CohortTab,
    intro: &str,
    content: &Markup,
) -> Markup {
    let root = format!("/programme/cohorts/{id}");
    let [gradebook, integrity, outcomes, people] =
        ["gradebook", "integrity", "outcomes", "people"].map(|view| format!("{root}/{view}"));
    let views = [
        Link::to("Matrix", &root).current(tab == CohortTab::Matrix),
        Link::to("Gradebook", &gradebook).current(tab == CohortTab::Gradebook),
        Link::to("Integrity", &integrity).current(tab == CohortTab::Integrity),
        Link::to("Outcomes", &outcomes).current(tab == CohortTab::Outcomes),
        Link::to("People and tracks", &people).current(tab == CohortTab::People),
    ];
    let content = html! {
        (said(visitor.said.as_ref()))
        (tabs(title, &views))
        div.stack { (content) }
    };
    let crumbs = [Link::to("Programme", "/programme"), Link::to(title, "")];
    framed(visitor, Place::Programme, title, None, &sheet(&crumbs, title, Some(intro), &content))
}
