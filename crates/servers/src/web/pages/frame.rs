use maud::Markup;

use super::visitor::Visitor;
use crate::web::ui::{Clock, Link, Page, Person, page};

/// Where in the product a page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Home,
    Tracks,
    Sandboxes,
    Class,
    Elsewhere,
}

/// The hospital a page is about.
pub(crate) struct Hospital<'a> {
    pub(crate) id: &'a str,
    pub(crate) clock: Clock<'a>,
}

/// A whole page for a visitor.
pub(crate) fn framed(
    visitor: &Visitor,
    place: Place,
    title: &str,
    hospital: Option<Hospital<'_>>,
    content: &Markup,
) -> Markup {
    let mut nav = vec![
        Link::to("Home", "/").current(place == Place::Home),
        Link::to("Tracks", "/tracks").current(place == Place::Tracks),
        Link::to("Hospitals", "/sandboxes").current(place == Place::Sandboxes),
    ];
    if visitor.teaches() {
        nav.push(Link::to("Class", "/class").current(place == Place::Class));
    }
    let role = if visitor.teaches() { "Instructor" } else { "Learner" };
    let links = [Link::to("Tokens for your own tools", "/me/tokens")];
    let (clock, id) = hospital.map_or((None, None), |it| (Some(it.clock), Some(it.id)));
    let frame = Page {
        title,
        theme: visitor.theme,
        csrf: &visitor.csrf,
        nav: &nav,
        person: Some(Person { name: &visitor.person.name, role, links: &links }),
        clock,
        hospital: id,
    };
    page(&frame, content)
}
