use std::collections::BTreeMap;

use axum::extract::{Query, State};
use maud::{Markup, html};
use platform::engine::{ChannelDiff, DiffLine, DiffLineKind, Difference, channel_diff};

use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::words::query_value;
use crate::web::ui::{Column, Row, card, or_none, table};

/// `GET …/engine/difference?name=&old=&new=`: what changed between two versions of a channel.
pub(crate) async fn versions(
    State(app): State<App>,
    inside: Inside,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Markup, Fault> {
    let name = asked.get("name").cloned().unwrap_or_default();
    let number = |of: &str| asked.get(of).and_then(|text| text.parse::<u64>().ok()).unwrap_or(0);
    let (old, new, of) = (number("old"), number("new"), name.clone());
    let found = inside.run(&app, move |_, access| channel_diff(access, &of, old, new)).await?;
    let ChannelDiff { settings, lines } = &found;
    let title =
        if old == 0 { format!("{name}: version {new}") } else { format!("{name}: version {old} to {new}") };
    let work = html! {
        p { a href=(inside.to("engine")) { "Channels" } " · " a href=(inside.to(&format!("engine/channel?name={}", query_value(&name)))) { (name) } }
        (card(&title, &html! {}, &differences(settings)))
        (card("Line by line", &html! {}, &by_line(lines)))
    };
    Ok(inside.page(Tab::Engine, &title, &work))
}

/// A table of what differs.
pub(super) fn differences(found: &[Difference]) -> Markup {
    let rows: Vec<Row> = found
        .iter()
        .map(|one| {
            Row::new(vec![
                html! { code { (one.path) } },
                or_none(one.old.as_deref()),
                or_none(one.new.as_deref()),
            ])
        })
        .collect();
    let columns = [Column::text("Where"), Column::wide("Before"), Column::wide("After")];
    html! { @if rows.is_empty() { p { "Nothing differs." } } @else { (table("What differs", &columns, &rows, &html! {})) } }
}

fn by_line(lines: &[DiffLine]) -> Markup {
    html! {
        div.code { pre tabindex="0" aria-label="The lines of both versions" role="region" {
            @for line in lines {
                @match line.kind {
                    DiffLineKind::Same => { "  " (line.text) "\n" }
                    DiffLineKind::Removed => { del { "- " (line.text) } "\n" }
                    DiffLineKind::Added => { ins { "+ " (line.text) } "\n" }
                }
            }
        } }
    }
}
