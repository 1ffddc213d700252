//! Text that people write: briefs, hints, notes.

use maud::{Markup, PreEscaped, html};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html::push_html};

/// `source` as HTML. HTML inside it is shown, never run; addresses other than http, https, mailto and our own lead
/// nowhere. Headings begin at level 2, because the page has its own first one.
#[must_use]
pub fn markdown(source: &str) -> Markup {
    html! { div.prose { (rendered(source)) } }
}

/// The same in the size of the text around it, for hints and notes.
#[must_use]
pub fn markdown_compact(source: &str) -> Markup {
    html! { div.prose.prose-compact { (rendered(source)) } }
}

fn rendered(source: &str) -> PreEscaped<String> {
    let mut out = String::new();
    push_html(
        &mut out,
        Parser::new_ext(source, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH).map(tamed),
    );
    PreEscaped(out)
}

fn tamed(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(Tag::Heading { level, id, classes, attrs }) => {
            Event::Start(Tag::Heading { level: lowered(level), id, classes, attrs })
        }
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lowered(level))),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let dest_url = if harmless(&dest_url) { dest_url } else { "#".into() };
            Event::Start(Tag::Link { link_type, dest_url, title, id })
        }
        // A long line scrolls, also for whoever has no mouse.
        Event::Start(Tag::CodeBlock(_)) => Event::Html(r#"<pre tabindex="0"><code>"#.into()),
        // Pictures would come from elsewhere; their text says what they show.
        Event::Start(Tag::Image { .. }) => Event::Start(Tag::Emphasis),
        Event::End(TagEnd::Image) => Event::End(TagEnd::Emphasis),
        other => other,
    }
}

fn lowered(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H2,
        HeadingLevel::H2 => HeadingLevel::H3,
        _ => HeadingLevel::H4,
    }
}

fn harmless(address: &str) -> bool {
    let scheme_end = address.find([':', '/', '?', '#']);
    match scheme_end {
        Some(end) if address.as_bytes()[end] == b':' => {
            matches!(address[..end].to_ascii_lowercase().as_str(), "http" | "https" | "mailto")
        }
        _ => true,
    }
}
