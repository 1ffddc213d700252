use maud::{Markup, html};
use platform::ehr::chart::{AuditEntry, AuditPage};

use crate::web::pages::words::instant;
use crate::web::ui::{Column, Icon, Look, Row, Tone, empty, link_button, moment, or_none, table, tag};

/// Who looked into this chart, and who wrote.
pub(super) fn journal(trail: &AuditPage) -> Markup {
    let columns = [
        Column::number("No"),
        Column::text("Hospital time"),
        Column::text("Who"),
        Column::text("Role"),
        Column::text("What"),
        Column::wide("Particulars"),
        Column::text("Outcome"),
        Column::wide("Reason"),
    ];
    let rows: Vec<Row> = trail.entries.iter().map(row).collect();
    let nothing = empty(Icon::List, "No entries", "Nobody has opened or changed this chart.", &html! {});
    html! {
        p.quiet { "Everyone who opens a chart leaves a trace here, you too; and whoever opened it though it is restricted, the reason." }
        div.table-frame { (table("Who looked and who wrote, newest first", &columns, &rows, &nothing)) }
        div.row {
            @if trail.page > 1 { (link_button("Newer", &format!("?page={}", trail.page - 1), Look::Plain)) }
            @if trail.more { (link_button("Older", &format!("?page={}", trail.page + 1), Look::Plain)) }
        }
    }
}

fn row(entry: &AuditEntry) -> Row {
    Row::new(vec![
        html! { (entry.seq) },
        moment(&entry.at, &instant(&entry.at)),
        html! { (entry.actor) span.quiet { ", " (entry.source) } },
        or_none(entry.role.as_deref()),
        html! { code { (entry.kind) } },
        html! { (entry.what) },
        tag(if entry.outcome == "ok" { Tone::Good } else { Tone::Bad }, &entry.outcome),
        or_none(entry.reason.as_deref()),
    ])
}
