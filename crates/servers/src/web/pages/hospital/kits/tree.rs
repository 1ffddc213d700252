//! Results as a tree.

use maud::{Markup, html};
use platform::kits::model::{Node, Outcome, Record};

use crate::web::ui::{Tone, tag};

/// An outcome in a word, with its colour.
pub(super) fn outcome(word: Option<&str>) -> Markup {
    let tone = match word {
        Some("pass") => Tone::Good,
        Some("fail" | "error") => Tone::Bad,
        Some("skip" | "cancel" | "wait") => Tone::Warn,
        Some("running") => Tone::Info,
        _ => Tone::Neutral,
    };
    tag(tone, word.unwrap_or("open"))
}

/// The groups of a run. Those in which nothing applies are only named.
pub(super) fn tree(record: &Record, at: &str) -> Markup {
    let is_left_out = |group: &&Node| group.outcome == Some(Outcome::Omit);
    let left_out: Vec<&str> =
        record.groups.iter().filter(is_left_out).map(|group| group.title.as_str()).collect();
    html! {
        div.stack.stack-tight {
            @for one in record.groups.iter().filter(|group| !is_left_out(group)) { (group(one, at)) }
            @if !left_out.is_empty() { p.quiet { "Left out, since they do not apply: " (left_out.join(", ")) "." } }
        }
    }
}

fn group(node: &Node, at: &str) -> Markup {
    let tests = node.tests();
    let passed = tests.iter().filter(|test| test.outcome == Some(Outcome::Pass)).count();
    let is_open = !matches!(node.outcome, Some(Outcome::Pass) | None);
    html! {
        details.kit-group open[is_open] {
            summary {
                span.row { (outcome(node.outcome.map(|found| found.word()))) strong { (node.title) } span.quiet { (passed) " of " (tests.len()) " passed" } }
            }
            @if !node.about.is_empty() { p.quiet { (node.about) } }
            ul.kit-tests {
                @for child in &node.children {
                    @if child.is_group { li { (group(child, at)) } } @else { (test(child, at)) }
                }
            }
        }
    }
}

fn test(node: &Node, at: &str) -> Markup {
    html! {
        li.kit-test {
            div.row {
                (outcome(node.outcome.map(|found| found.word())))
                span { (node.title) }
                @if node.optional { span.quiet { "optional" } }
            }
            @if !node.message.is_empty() { p { (node.message) } }
            @if !node.about.is_empty() && node.outcome != Some(Outcome::Pass) { p.quiet { (node.about) } }
            @if !node.unseen.is_empty() {
                p { "Never seen:" }
                ul { @for path in &node.unseen { li { code { (path) } } } }
            }
            @if !node.notes.is_empty() { ul { @for note in &node.notes { li { (note.text) } } } }
            @if !node.exchanges.is_empty() {
                details {
                    summary { "Exchanges " span.quiet { "(" (node.exchanges.len()) ")" } }
                    p.row { @for number in &node.exchanges { a href={ (at) "/" (number) } aria-label={ "Exchange " (number) } { (number) } } }
                }
            }
        }
    }
}
