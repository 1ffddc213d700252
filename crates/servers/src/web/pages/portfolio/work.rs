use maud::{Markup, html};
use platform::portfolio::{Help, Source, Work};

use crate::web::pages::words::counted;

/// A piece of work by its title, with the way to it while there is one.
pub(in crate::web::pages) fn named(work: &Work) -> Markup {
    match &work.source {
        Source::Attempt(id) => html! { a href={ "/attempts/" (id) } { (work.title) } },
        Source::Workshop(id) => html! { a href={ "/workshops/" (id) } { (work.title) } },
        Source::Project(id) => html! { a href={ "/projects/" (id) "/result" } { (work.title) } },
        Source::Drill => html! { (work.title) },
    }
}

/// The help there was, in words.
pub(in crate::web::pages) fn help(help: Help) -> String {
    match help {
        Help::None => "none".to_owned(),
        Help::Hints(hints) => counted(hints, "hint", "hints"),
        Help::Team(people) => format!("a team of {people}"),
    }
}
