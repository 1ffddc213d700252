//! Views of one thing, side by side.

use maud::{Markup, html};

use super::link::Link;

/// Tabs as what they are: links to other views. `label` names the set, for example `Hospital`.
#[must_use]
pub fn tabs(label: &str, links: &[Link<'_>]) -> Markup {
    html! {
        nav.tabs aria-label=(label) {
            @for link in links {
                a href=(link.href) aria-current=[link.current.then_some("page")] {
                    (link.label)
                    @if let Some(count) = link.count { span.count { (count) } }
                }
            }
        }
    }
}
