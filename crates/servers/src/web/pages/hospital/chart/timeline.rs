use maud::{Markup, html};
use platform::ehr::chart::{Item, ItemKind, TimelinePage};

use super::At;
use crate::web::pages::words::moment_words;
use crate::web::ui::{
    Event, Icon, Look, Pages, Tone, card, empty, link_button, pagination, timeline as draw,
};

/// Things on a page of the timeline, as the platform cuts it.
const PAGE: usize = 50;

/// Everything that has a time, newest first.
pub(super) fn timeline(at: &At<'_>, found: &TimelinePage, only: Option<ItemKind>) -> Markup {
    let told: Vec<(String, String)> = found.items.iter().map(when).collect();
    let events: Vec<Event<'_>> =
        found.items.iter().zip(&told).map(|(item, (iso, words))| event(at, item, iso, words)).collect();
    let body = if events.is_empty() {
        let all = link_button("Show everything", &at.to("timeline"), Look::Plain);
        empty(Icon::Clock, "Nothing happened yet", "This chart holds nothing of that kind.", &all)
    } else {
        draw("Timeline, newest first", &events)
    };
    html! {
        (kinds(at, found, only))
        (card("Timeline", &html! {}, &body))
        (turn(at, found, only))
    }
}

fn when(item: &Item) -> (String, String) {
    item.at.as_ref().map_or_else(
        || (String::new(), "no date".to_owned()),
        |moment| (moment.text.clone(), moment_words(moment)),
    )
}

fn event<'a>(at: &At<'_>, item: &Item, iso: &'a str, when: &'a str) -> Event<'a> {
    let tone = match (&item.flag, item.kind) {
        (Some(flag), _) if flag.critical => Tone::Bad,
        (Some(_), _) | (None, ItemKind::Allergy) => Tone::Warn,
        (None, ItemKind::Encounter) => Tone::Accent,
        (None, ItemKind::Procedure | ItemKind::Immunization) => Tone::Good,
        _ => Tone::Neutral,
    };
    let href = at.inside.to(&format!("fhir?path={}", item.reference.replace('/', "%2F")));
    Event {
        iso,
        when,
        tone,
        title: html! {
            span.quiet { (name(item.kind)) } " "
            a href=(href) { (item.title) }
        },
        detail: html! {
            @if item.detail.is_some() || item.flag.is_some() {
                p {
                    @if let Some(detail) = &item.detail { (detail) }
                    @if let Some(flag) = &item.flag { " (" (flag.label) ")" }
                }
            }
        },
    }
}

fn kinds(at: &At<'_>, found: &TimelinePage, only: Option<ItemKind>) -> Markup {
    let all: usize = found.counts.iter().map(|(_, count)| count).sum();
    let here = at.to("timeline");
    html! {
        nav.row aria-label="Kinds" {
            (kind_link("Everything", &here, all, only.is_none()))
            @for (kind, count) in &found.counts {
                (kind_link(plural(*kind), &format!("{here}?kind={}", word(*kind)), *count, only == Some(*kind)))
            }
        }
    }
}

fn kind_link(name: &str, href: &str, count: usize, current: bool) -> Markup {
    html! { a.button.button-small href=(href) aria-current=[current.then_some("page")] { (name) " " span.quiet { (count) } } }
}

fn turn(at: &At<'_>, found: &TimelinePage, only: Option<ItemKind>) -> Markup {
    if found.pages < 2 {
        return html! {};
    }
    let kind = only.map(|kind| format!("&kind={}", word(kind))).unwrap_or_default();
    let href = |page: usize| format!("{}?page={page}{kind}", at.to("timeline"));
    let previous = (found.page > 1).then(|| href(found.page - 1));
    let next = (found.page < found.pages).then(|| href(found.page + 1));
    let first = (found.page - 1) * PAGE + 1;
    pagination(&Pages {
        what: "entries",
        first,
        last: first + found.items.len().saturating_sub(1),
        total: found.total,
        previous: previous.as_deref(),
        next: next.as_deref(),
    })
}

fn word(kind: ItemKind) -> String {
    // A fieldless variant is written as its name.
    serde_json::to_value(kind).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

fn name(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Encounter => "Stay or visit",
        ItemKind::Condition => "Problem",
        ItemKind::Vital => "Vital sign",
        ItemKind::Result => "Result",
        ItemKind::Finding => "Finding",
        ItemKind::Medication => "Medication",
        ItemKind::Procedure => "Procedure",
        ItemKind::Immunization => "Immunisation",
        ItemKind::Allergy => "Allergy",
        ItemKind::Note => "Note",
        ItemKind::Report => "Report",
        ItemKind::Plan => "Plan",
    }
}

fn plural(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Encounter => "Stays",
        ItemKind::Condition => "Problems",
        ItemKind::Vital => "Vital signs",
        ItemKind::Result => "Results",
        ItemKind::Finding => "Findings",
        ItemKind::Medication => "Medications",
        ItemKind::Procedure => "Procedures",
        ItemKind::Immunization => "Immunisations",
        ItemKind::Allergy => "Allergies",
        ItemKind::Note => "Notes",
        ItemKind::Report => "Reports",
        ItemKind::Plan => "Plans",
    }
}
