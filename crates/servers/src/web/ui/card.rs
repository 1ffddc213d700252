//! A sheet of paper with a head.

use maud::{Markup, html};

/// A card: a heading, something at its right end (may be empty), and a body.
#[must_use]
pub fn card(title: &str, aside: &Markup, body: &Markup) -> Markup {
    html! {
        section.card {
            header.card-head { h2 { (title) } (aside) }
            div.card-body { (body) }
        }
    }
}

/// A card that leads somewhere as a whole; its heading is the link.
#[must_use]
pub fn card_link(title: &str, href: &str, body: &Markup, foot: &Markup) -> Markup {
    html! {
        article.card.card-link {
            div.card-body { h2 { a href=(href) { (title) } } (body) }
            div.card-foot { (foot) }
        }
    }
}
