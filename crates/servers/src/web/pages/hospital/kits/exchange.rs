use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::kits::model::{Body, Exchange, Protocol};
use serde::Deserialize;

use super::run::load;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::ui::{Column, Link, Row, Tone, breadcrumbs, card, code_block, json_block, notice, table};

#[derive(Deserialize)]
pub(crate) struct OfExchange {
    kit: String,
    run: String,
    number: usize,
}

/// `GET …/kits/{kit}/{run}/{number}`: what was sent and what came back.
pub(crate) async fn shown(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfExchange>,
) -> Result<Markup, Fault> {
    let view = load(&app, &inside, &of.run).await?;
    let record = &view.record;
    let one = record.exchanges.iter().find(|one| one.number == of.number);
    let one = one.ok_or_else(|| Fault::Missing(format!("This run has no exchange {}.", of.number)))?;
    let at = inside.to(&format!("kits/{}/{}", of.kit, of.run));
    let title = format!("Exchange {}", one.number);
    let tests = record.tests();
    let used = tests.iter().filter(|test| test.exchanges.contains(&one.number));
    let used: Vec<String> = used.map(|test| test.title.clone()).collect();
    let work = html! {
        (breadcrumbs(&[
            Link::to("Test kits", &inside.to("kits")),
            Link::to(&record.title, &at),
            Link::to(&title, "").current(true),
        ]))
        div.stack {
            h2 { (title) }
            p { code { (one.what) } }
            @if let Some(trouble) = &one.trouble { (notice(Tone::Warn, Some("No whole answer came"), &html! { p { (trouble) } })) }
            p.quiet { "Used by: " (used.join("; ")) }
            (card(if one.inbound { "What came" } else { "Sent" }, &html! {}, &part("request", one, &one.request_headers, &one.request)))
            (card("Answer", &html! { @if let Some(status) = &one.status { span { (status) } } }, &part("response", one, &one.response_headers, &one.response)))
        }
    };
    Ok(inside.page(Tab::Kits, &title, &work))
}

fn part(id: &str, one: &Exchange, headers: &[(String, String)], body: &Body) -> Markup {
    let rows: Vec<Row> = headers
        .iter()
        .map(|(name, value)| Row::new(vec![html! { code { (name) } }, html! { (value) }]))
        .collect();
    let columns = [Column::text("Header"), Column::wide("Value")];
    // HL7 v2 ends a segment with CR, which no page shows.
    let text = if one.protocol == Protocol::Mllp { body.text.replace('\r', "\n") } else { body.text.clone() };
    let name = if id == "request" { "What was sent" } else { "What came back" };
    html! {
        @if !rows.is_empty() { (table(if id == "request" { "Headers sent" } else { "Headers of the answer" }, &columns, &rows, &html! {})) }
        @if text.is_empty() { p.quiet { "No body." } }
        @else if text.trim_start().starts_with('{') { (json_block(id, name, &text)) }
        @else { (code_block(id, name, &text)) }
        @if body.is_cut() { p.quiet { "Of " (body.bytes) " bytes, the first 64 KiB were kept." } }
    }
}
