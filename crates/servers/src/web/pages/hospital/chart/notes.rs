use maud::{Markup, html};
use platform::ehr::chart::Note;

use super::At;
use crate::web::pages::words::chart_time;
use crate::web::ui::{Icon, Look, Tone, empty, link_button, tag};

/// Notes with their text, newest first.
pub(super) fn notes(at: &At<'_>, all: &[Note]) -> Markup {
    if all.is_empty() {
        let write = link_button("Write a note", &at.to("note"), Look::Plain);
        let why = "Nobody has written one into this chart.";
        return html! { div.card { (empty(Icon::Note, "No notes", why, &write)) } };
    }
    html! { div.stack { @for one in all { (note(at, one)) } } }
}

fn note(at: &At<'_>, one: &Note) -> Markup {
    html! {
        article.card id={ "note-" (one.id) } {
            header.card-head {
                h2 { (one.kind) }
                p { (chart_time(one.at.as_ref())) @if let Some(author) = &one.author { ", " (author) } @if one.status != "current" { " " (tag(Tone::Warn, &one.status)) } }
            }
            div.card-body {
                @match (&one.text, &one.not_shown) {
                    (Some(text), _) => div.note-text { (text) },
                    (None, why) => p.quiet { "This note cannot be shown: " (why.as_deref().unwrap_or("it has no text")) "." },
                }
                p.small.quiet {
                    @if let Some(first) = &one.addends { "Adds to " a href={ "#note-" (first) } { "an earlier note" } ". " }
                    a href={ (at.to("note")) "?addends=" (one.id) } { "Add an addendum…" span.visually-hidden { " to this " (one.kind) } }
                }
            }
        }
    }
}
