use std::net::SocketAddr;

use maud::{Markup, html};
use platform::lake::{Detail, Overview, REASON_HOURS, Right, TableSeen};

use crate::web::pages::hospital::inside::Inside;
use crate::web::ui::{Field, Look, card, code_block, csrf_field, submit};

/// The tables that are seen, and how tools of one's own reach them.
pub(super) fn side(inside: &Inside, overview: &Overview, postgres: Option<SocketAddr>) -> Markup {
    html! {
        aside.lake-side aria-label="Tables and tools" {
            (card("Tables", &html! {}, &html! { @for table in &overview.tables { (one(inside, table, &overview.right)) } }))
            @if let Some(address) = postgres { (card("From your own tools", &html! {}, &tools(inside, address))) }
        }
    }
}

fn one(inside: &Inside, table: &TableSeen, right: &Right) -> Markup {
    let purpose = &right.purpose;
    let file = format!("/s/{}/lake/tables/{}?purpose={purpose}", inside.sandbox, table.name);
    html! {
        details.lake-table {
            summary { code { (table.name) } @if let Some(rows) = table.rows { span.quiet { (rows) " rows" } } }
            p.quiet { (table.title) }
            ul { @for (column, as_it_is) in &table.columns {
                li title=[column.about.as_deref()] { code { (column.name) } span.quiet { (column.kind.sql()) @if !as_it_is { ", changed" } } }
            } }
            @if right.detail() == Detail::Rows { p.row { a href={ (file) "&format=parquet" } { "Parquet" } a href={ (file) "&format=csv" } { "CSV" } } }
        }
    }
}

fn tools(inside: &Inside, address: SocketAddr) -> Markup {
    let command =
        format!("psql \"host={} port={} dbname={} user=me\"", address.ip(), address.port(), inside.sandbox);
    html! {
        p { "The wire of PostgreSQL: psql, pandas, R, DBeaver. The password is a token of yours; a purpose is chosen with " code { "SET purpose = 'HRESCH'" } "." }
        (code_block("lake-psql", "psql", &command))
    }
}

/// Where a reason is given that opens restricted charts.
pub(super) fn reason(inside: &Inside, purpose: &str) -> Markup {
    html! {
        details.lake-reason {
            summary { "Restricted charts are left out" }
            form.form method="post" action=(inside.to("lake/reason")) {
                (csrf_field(&inside.visitor.csrf))
                input type="hidden" name="purpose" value=(purpose);
                (Field::new("reason", "Reason").required().hint(&format!("For whom, and why it cannot wait. It holds for {REASON_HOURS} hours; the journal keeps it, and the privacy officer reads it.")))
                div.form-actions { (submit("Break the glass", Look::Danger)) }
            }
        }
    }
}
