use maud::Markup;
use platform::people::Role;

use super::visitor::Visitor;
use crate::web::ui::{Clock, Link, Page, Person, page};

/// Where in the product a page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Home,
    Tracks,
    Sandboxes,
    Drills,
    Workshops,
    Portfolio,
    Mentoring,
    Places,
    Class,
    Programme,
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
        Link::to("Portfolio", "/portfolio").current(place == Place::Portfolio),
    ];
    // Inside a hospital its clock needs the room.
    let roomy = hospital.is_none();
    if roomy || place == Place::Drills {
        nav.push(Link::to("Drills", "/drills").current(place == Place::Drills));
    }
    if roomy {
        nav.push(Link::to("Workshops", "/workshops").current(place == Place::Workshops));
    }
    if roomy || place == Place::Mentoring {
        nav.push(Link::to("Mentoring", "/mentoring").current(place == Place::Mentoring));
    }
    if roomy {
        nav.push(Link::to("Places", "/places").current(place == Place::Places));
    }
    if visitor.teaches() {
        nav.push(Link::to("Class", "/class").current(place == Place::Class));
    }
    if visitor.teaches() && roomy {
        nav.push(Link::to("Programme", "/programme").current(place == Place::Programme));
    }
    let role = match visitor.person.role {
        Role::Learner => "Learner",
        Role::Instructor => "Instructor",
        Role::Associate => "Associate",
    };
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
