use axum::extract::State;
use maud::{Markup, html};
use platform::ehr::catalogue::{
    Catalogue, catalogue, codes_of, orderable_kind, rule_of, set_items, title_of,
};
use platform::ehr::commands::SEVERITIES;
use platform::ehr::support::{RuleLog, rule_logs};
use platform::fhir::FhirError;
use serde_json::Value;

use super::services::services_card;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::words::percent;
use crate::web::ui::{
    Column, Icon, Look, Row, Tone, card, empty, filtered, link_button, or_none, table, tag,
};

/// `GET …/build`: rules with how often they spoke, order sets, and the catalogue.
pub(crate) async fn list(State(app): State<App>, inside: Inside) -> Result<Markup, Fault> {
    let load = inside.run(&app, |platform, access| {
        let services = platform.called_services(access)?;
        Ok::<_, FhirError>((catalogue(access)?, rule_logs(access)?, services, access.wall_us()))
    });
    let (found, logs, services, now_us) = load.await?;
    let new = |label: &str, kind: &str| link_button(label, &inside.to(&format!("build/{kind}")), Look::Plain);
    let rule_rows: Vec<Row> = found.rules.iter().map(|one| rule(&inside, one, logs.get(id(one)))).collect();
    let work = html! {
        div.spread {
            h2 { "Build" }
            (link_button("Roles", &inside.to("build/roles"), Look::Plain))
        }
        p.quiet { "What people in this hospital can order, and what they are warned of. Everything here has versions; nothing is lost." }
        (card("Rules", &new("New rule…", "rule"), &rules(&rule_rows)))
        (services_card(&inside, &services, now_us))
        (card("Order sets", &new("New order set…", "order-set"), &order_sets(&inside, &found)))
        (card("Orderables", &new("New orderable…", "orderable"), &orderables(&inside, &found)))
    };
    Ok(inside.page(Tab::Build, "Build", &work))
}

fn rules(rows: &[Row]) -> Markup {
    let columns = [
        Column::wide("Rule"),
        Column::text("Severity"),
        Column::text("State"),
        Column::number("Version"),
        Column::number("Orders"),
        Column::number("Overridden"),
        Column::number("Blocked"),
    ];
    let nothing = empty(Icon::Shield, "No rules", "Nobody is warned of anything.", &html! {});
    table("Rules", &columns, rows, &nothing)
}

fn rule(inside: &Inside, definition: &Value, log: Option<&RuleLog>) -> Row {
    let read = rule_of(definition);
    let severity = read.as_ref().map(|rule| rule.severity.word()).unwrap_or_default();
    let severity = SEVERITIES.iter().find(|row| row.0 == severity).map_or("cannot be read", |row| row.1);
    let share = log.and_then(RuleLog::overridden_share).map(percent);
    Row::new(vec![
        link(inside, "rule", definition),
        html! { (severity) },
        state(definition),
        html! { (version(definition)) },
        html! { (log.map_or(0, |log| log.orders)) },
        or_none(share.as_deref()),
        html! { (log.map_or(0, |log| log.blocked)) },
    ])
}

fn order_sets(inside: &Inside, found: &Catalogue) -> Markup {
    let columns = [
        Column::wide("Order set"),
        Column::text("State"),
        Column::number("Version"),
        Column::number("Items"),
    ];
    let row = |one: &Value| {
        Row::new(vec![
            link(inside, "order-set", one),
            state(one),
            html! { (version(one)) },
            html! { (set_items(one).len()) },
        ])
    };
    let rows: Vec<Row> = found.order_sets.iter().map(row).collect();
    let nothing = empty(Icon::List, "No order sets", "Everything is ordered one by one.", &html! {});
    table("Order sets", &columns, &rows, &nothing)
}

fn orderables(inside: &Inside, found: &Catalogue) -> Markup {
    let columns = [
        Column::wide("Orderable"),
        Column::text("Kind"),
        Column::text("Code"),
        Column::text("State"),
        Column::number("Version"),
    ];
    let row = |one: &Value| {
        Row::new(vec![
            link(inside, "orderable", one),
            html! { (orderable_kind(one)) },
            html! { code { (codes_of(one).first().copied().unwrap_or("none")) } },
            state(one),
            html! { (version(one)) },
        ])
    };
    let rows: Vec<Row> = found.orderables.iter().map(row).collect();
    let nothing = empty(Icon::List, "No orderables", "Nothing can be ordered in this hospital.", &html! {});
    if rows.is_empty() {
        return nothing;
    }
    filtered(
        "filter-catalogue",
        "Filter the catalogue",
        rows.len(),
        &table("Orderables", &columns, &rows, &nothing),
    )
}

fn link(inside: &Inside, kind: &str, one: &Value) -> Markup {
    html! { a href={ (inside.to("build/")) (kind) "?id=" (id(one)) } { (title_of(one)) } }
}

fn state(one: &Value) -> Markup {
    match one["status"].as_str() {
        Some("active") => tag(Tone::Good, "in force"),
        other => tag(Tone::Neutral, other.unwrap_or("unknown")),
    }
}

fn version(one: &Value) -> &str {
    one.pointer("/meta/versionId").and_then(Value::as_str).unwrap_or("–")
}

fn id(one: &Value) -> &str {
    one["id"].as_str().unwrap_or_default()
}
