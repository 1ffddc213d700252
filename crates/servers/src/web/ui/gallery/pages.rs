use maud::{Markup, html};

use super::{chart, controls, lab, texts};
use crate::web::ui::{Clock, Link, Page, Person, Theme, page, sheet};

/// All components but the workspace, one section an idea.
#[must_use]
pub fn gallery(theme: Theme) -> Markup {
    let sections = html! {
        div.stack {
            (section("Status and notes", &texts::status()))
            (section("Text, code and times", &texts::texts()))
            (section("Buttons, tabs, dialogs", &controls::actions()))
            (section("Forms", &controls::forms()))
            (section("Tables and lists", &controls::lists()))
            (section("Chart", &chart::chart()))
            (section("FHIR console", &chart::console()))
        }
    };
    let crumbs = [Link::to("Help", "/help"), Link::to("Components", "/help/components")];
    let content = sheet(
        &crumbs,
        "Components",
        Some("What pages are made of. If it is not here, it is not part of the look."),
        &sections,
    );
    page(&frame("Components", theme), &content)
}

/// The lab workspace with everything in it.
#[must_use]
pub fn gallery_workspace(theme: Theme) -> Markup {
    page(&frame("Two charts, one patient", theme), &lab::lab())
}

fn section(title: &str, body: &Markup) -> Markup {
    html! { section.stack aria-label=(title) { h2 { (title) } (body) } }
}

fn frame(title: &str, theme: Theme) -> Page<'_> {
    const NAV: [Link<'static>; 4] = [
        Link { label: "Home", href: "#home", current: false, count: None },
        Link { label: "Tracks", href: "#tracks", current: true, count: None },
        Link { label: "Patients", href: "#patients", current: false, count: None },
        Link { label: "Class", href: "#class", current: false, count: None },
    ];
    const PERSONAL: [Link<'static>; 1] =
        [Link { label: "Password and tokens", href: "#me", current: false, count: None }];
    Page {
        title,
        theme,
        csrf: "gallery",
        nav: &NAV,
        person: Some(Person { name: "Adaeze Okafor", role: "Learner", links: &PERSONAL }),
        clock: Some(Clock { at: "2031-03-04T06:52:10", day: "Tue 4 Mar 2031", rate: 1 }),
        hospital: Some("q3fzm2ka"),
    }
}
