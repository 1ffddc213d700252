//! The frame around every page.

use maud::{DOCTYPE, Markup, html};

use super::{
    breadcrumbs::breadcrumbs,
    clock::{Clock, clock},
    icon::{Icon, mark},
    link::Link,
    live::live_regions,
    person::{Person, person_menu},
    theme::Theme,
};
use crate::web::assets::href;

/// What the frame needs to know.
#[derive(Debug, Clone, Copy, Default)]
pub struct Page<'a> {
    /// The page's own name, first in the window's title.
    pub title: &'a str,
    /// The reader's colours.
    pub theme: Theme,
    /// The token that forms and the FHIR console send back, to prove that a request comes from our own pages.
    pub csrf: &'a str,
    /// The places of the product.
    pub nav: &'a [Link<'a>],
    /// Who is signed in; none on the sign-in page.
    pub person: Option<Person<'a>>,
    /// The clock of the hospital at hand.
    pub clock: Option<Clock<'a>>,
    /// The id of the sandbox at hand.
    pub hospital: Option<&'a str>,
}

/// A whole document: head, header, `main` around `content`, footer.
#[must_use]
pub fn page(page: &Page<'_>, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" data-theme=[page.theme.attribute()] {
            (head(page))
            body {
                a.skip-link.visually-hidden href="#main" { "Skip to content" }
                div.frame {
                    (header(page))
                    main #main tabindex="-1" { (content) }
                    (footer())
                }
                (live_regions())
            }
        }
    }
}

/// An ordinary page's content: a column of readable width with breadcrumbs, title and an introduction.
#[must_use]
pub fn sheet(crumbs: &[Link<'_>], title: &str, intro: Option<&str>, content: &Markup) -> Markup {
    html! {
        div.page {
            (breadcrumbs(crumbs))
            div.page-head { div { h1 { (title) } @if let Some(intro) = intro { p { (intro) } } } }
            (content)
        }
    }
}

/// A page with one small thing to do, such as signing in.
#[must_use]
pub fn narrow_sheet(title: &str, content: &Markup) -> Markup {
    html! { div.page.page-narrow.stack { h1 { (title) } (content) } }
}

fn head(page: &Page<'_>) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            title { (page.title) " · Practicum" }
            meta name="csrf" content=(page.csrf);
            // The style sheet holds the indicator's rules, and a page that is gone back to is asked for anew.
            meta name="htmx-config" content=r#"{"includeIndicatorCSS": false, "history": "reload"}"#;
            link rel="icon" type="image/svg+xml" href=(href("mark.svg"));
            link rel="stylesheet" href=(href("app.css"));
            script type="module" src=(href("app.js")) {}
        }
    }
}

fn header(page: &Page<'_>) -> Markup {
    html! {
        header.header {
            a.mark href="/" { (mark()) span { "Practicum" } }
            @if !page.nav.is_empty() {
                nav.nav aria-label="Practicum" {
                    @for link in page.nav { a href=(link.href) aria-current=[link.current.then_some("page")] { (link.label) } }
                }
            }
            div.header-end {
                @if let Some(reading) = &page.clock { (clock(reading)) }
                @if let Some(id) = page.hospital {
                    span.hospital-id title="Your own hospital" { (Icon::Hospital) span.visually-hidden { "Hospital " } code { (id) } }
                }
                @if let Some(person) = &page.person { (person_menu(person, page.theme, page.csrf)) }
            }
        }
    }
}

fn footer() -> Markup {
    html! {
        footer.footer {
            span { (Icon::Shield) " All patients are synthetic. Nothing here is advice about anyone's care." }
            span { "Practicum, a teaching hospital for health IT · " a href=(href("licences.txt")) { "Licences" } }
        }
    }
}
