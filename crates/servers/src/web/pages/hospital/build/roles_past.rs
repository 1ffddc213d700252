use maud::{Markup, html};
use platform::ehr::roles::{Difference, MATRIX_ID, MatrixVersion, permission_of};

use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::words::instant;
use crate::web::ui::{Tone, card, csrf_field, moment, tag};

/// The versions of the matrix, each with what it granted and took, and a way back to it.
pub(super) fn past_card(inside: &Inside, versions: &[MatrixVersion]) -> Markup {
    let newest = versions.first().map_or(0, |version| version.number);
    html! {
        @if !versions.is_empty() {
            (card("Versions", &html! {}, &html! {
                ol.plain.stack { @for version in versions { li { (one(inside, version, newest)) } } }
            }))
        }
    }
}

fn one(inside: &Inside, version: &MatrixVersion, newest: u64) -> Markup {
    html! {
        div.row.spread {
            span {
                b { "Version " (version.number) } ", " (moment(&version.written, &instant(&version.written)))
                @if version.problem.is_some() { " " (tag(Tone::Warn, "cannot be understood")) }
            }
            @if version.number != newest && inside.may("build.change") { (restore(inside, version.number, newest)) }
        }
        @if version.changes.is_empty() { p.quiet.small { "The roles it began with, or the same as before." } }
        ul.plain.small { @for change in &version.changes { li { (changed(change)) } } }
    }
}

fn changed(change: &Difference) -> Markup {
    let words = permission_of(&change.permission).map_or(change.permission.as_str(), |one| one.words);
    html! {
        @if change.granted { ins { (change.role) " may " (words) } }
        @else { del { (change.role) " may " (words) } }
    }
}

fn restore(inside: &Inside, number: u64, newest: u64) -> Markup {
    html! {
        form method="post" action=(inside.to("build/restore")) {
            (csrf_field(&inside.visitor.csrf))
            input type="hidden" name="definition" value={ "CodeSystem/" (MATRIX_ID) };
            input type="hidden" name="version" value=(number);
            input type="hidden" name="expected_version" value=(newest);
            input type="hidden" name="back" value="roles";
            button.button.button-small type="submit" aria-label={ "Restore version " (number) } { "Restore" }
        }
    }
}
