//! Where this page lies.

use maud::{Markup, html};

use super::link::Link;

/// The way from the top to this page; the last one is the page itself and no link. Nothing if there is no way.
#[must_use]
pub fn breadcrumbs(crumbs: &[Link<'_>]) -> Markup {
    let Some((here, above)) = crumbs.split_last() else { return html! {} };
    html! {
        nav.breadcrumbs aria-label="Breadcrumbs" {
            ol {
                @for link in above { li { a href=(link.href) { (link.label) } } }
                li { span aria-current="page" { (here.label) } }
            }
        }
    }
}
