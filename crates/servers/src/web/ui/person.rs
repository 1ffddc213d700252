//! Who is signed in, and the way out.

use maud::{Markup, html};

use super::{
    form::csrf_field,
    icon::Icon,
    link::Link,
    theme::{Theme, theme_switch},
};

/// The person who is signed in.
#[derive(Debug, Clone, Copy)]
pub struct Person<'a> {
    /// As they want to be called.
    pub name: &'a str,
    /// What they are here, for example `Learner`.
    pub role: &'a str,
    /// Their own pages.
    pub links: &'a [Link<'a>],
}

/// The menu of the signed-in person: their pages, the colours, signing out.
#[must_use]
pub fn person_menu(person: &Person<'_>, theme: Theme, csrf: &str) -> Markup {
    html! {
        menu-disclosure.menu {
            details {
                summary aria-label={ "Menu of " (person.name) } { (Icon::Person) span.person-name { (person.name) } (Icon::ChevronDown) }
                div.menu-body {
                    p { b { (person.name) } (person.role) }
                    @for link in person.links { a href=(link.href) { (link.label) } }
                    div { (theme_switch(theme)) }
                    form method="post" action="/sign-out" { (csrf_field(csrf)) button type="submit" { (Icon::Leave) "Sign out" } }
                }
            }
        }
    }
}
