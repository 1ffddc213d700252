use maud::{Markup, html};
use platform::ehr::catalogue::Version;

use super::Editor;
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::words::instant;
use crate::web::ui::{card, csrf_field, moment};

/// Elements shown of one change.
const CHANGES_MAX: usize = 12;

/// The versions of a definition, each with how it differs from the one before and a way back to it.
pub(super) fn versions_card(inside: &Inside, editor: Editor, id: &str, versions: &[Version]) -> Markup {
    let newest = versions.first().map_or(0, |version| version.number);
    html! {
        @if !versions.is_empty() {
            (card("Versions", &html! {}, &html! {
                ol.plain.stack {
                    @for version in versions { li { (one(inside, editor, id, version, newest)) } }
                }
            }))
        }
    }
}

fn one(inside: &Inside, editor: Editor, id: &str, version: &Version, newest: u64) -> Markup {
    let more = version.changes.len().saturating_sub(CHANGES_MAX);
    html! {
        div.row.spread {
            span { b { "Version " (version.number) } ", " (moment(&version.written, &instant(&version.written))) }
            @if version.number != newest && inside.may("build.change") { (restore(inside, editor, id, version.number, newest)) }
        }
        @if version.changes.is_empty() { p.quiet.small { "The content it began with, or the same as before." } }
        ul.plain.small {
            @for (path, before, after) in version.changes.iter().take(CHANGES_MAX) {
                li {
                    code { (path) } ": "
                    @if let Some(before) = before { del { (before) } " " }
                    @if let Some(after) = after { ins { (after) } }
                }
            }
            @if more > 0 { li.quiet { (more) " more" } }
        }
    }
}

fn restore(inside: &Inside, editor: Editor, id: &str, number: u64, newest: u64) -> Markup {
    html! {
        form method="post" action=(inside.to("build/restore")) {
            (csrf_field(&inside.visitor.csrf))
            input type="hidden" name="definition" value={ (editor.kind) "/" (id) };
            input type="hidden" name="version" value=(number);
            input type="hidden" name="expected_version" value=(newest);
            input type="hidden" name="back" value=(editor.address);
            button.button.button-small type="submit" aria-label={ "Restore version " (number) } { "Restore" }
        }
    }
}
