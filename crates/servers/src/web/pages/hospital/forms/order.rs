use axum::response::Response;
use maud::{Markup, html};
use platform::cds_client::Hook;
use platform::ehr::catalogue::{Catalogue, catalogue, orderable_kind, title_of};
use platform::ehr::commands::{ORDERABLE_KINDS, PRIORITIES};
use serde_json::Value;

use super::{ChartForm, Filled, Opened, Sent, about, dose_fields, offered};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::advice::place;
use crate::web::pages::hospital::inside::Inside;
use crate::web::ui::{
    Choice, Column, Field, Icon, Look, Row, Select, card, empty, filtered, link_button, submit, table,
};

/// `…/patients/{patient}/order`: what can be ordered, or the form for one orderable.
pub(crate) struct Order;

impl ChartForm for Order {
    const COMMAND: &'static str = "draft_order";
    const THEN: &'static str = "orders";

    fn fields(mut sent: Sent, patient: &str) -> Sent {
        sent.insert("patient".to_owned(), patient.to_owned());
        // A field that was emptied says no; one that is left out would say what the catalogue offers.
        if sent.get("as_needed").is_some_and(|words| words.trim().is_empty()) {
            sent.insert("as_needed".to_owned(), "no".to_owned());
        }
        sent
    }

    async fn draw(app: &App, inside: &Inside, patient: &str, mut filled: Filled) -> Result<Response, Fault> {
        let opened = about(app, inside, patient).await?;
        let found = inside.run(app, |_, access| catalogue(access)).await?;
        let wanted = filled.value("orderable").to_owned();
        let Some(orderable) = orderable(&found, &wanted) else { return Ok(choose(inside, &opened, &found)) };
        if filled.value("as_needed") == "no" {
            filled.fields.remove("as_needed");
        }
        if !filled.is_refused() {
            filled = offered(orderable);
            filled.fields.insert("orderable".to_owned(), wanted);
        }
        let about = format!("&orderable={}", id(orderable));
        let advice = place(app, inside, patient, Hook::OrderSelect, &about).await?;
        Ok(shown(inside, &opened, &filled, orderable, &advice))
    }
}

fn orderable<'a>(found: &'a Catalogue, id: &str) -> Option<&'a Value> {
    found.orderables.iter().find(|one| one["id"] == id)
}

fn shown(inside: &Inside, opened: &Opened, filled: &Filled, orderable: &Value, advice: &Markup) -> Response {
    let back = inside.to_chart(&opened.banner.identity.id, "order");
    let priorities = PRIORITIES.map(|(code, words)| Choice::new(code, words));
    let is_medicine = orderable_kind(orderable) == "medication";
    let fields = html! {
        p.quiet { "A draft. It is in force, and rules look at it, once it is signed." }
        input type="hidden" name="orderable" value=(filled.value("orderable"));
        @if is_medicine { (dose_fields(filled, true)) }
        div.form-grid {
            (Select::new("priority", "How soon", &priorities).chosen(filled.value("priority")).error(filled.error("priority")))
            (Field::new("reason", "Why").value(filled.value("reason")).error(filled.error("reason")).autocomplete("off"))
            (Field::new("note", "For who carries it out").value(filled.value("note")).error(filled.error("note")).autocomplete("off"))
        }
        div.form-actions { (submit("Draft the order", Look::Primary)) (link_button("Another one", &back, Look::Quiet)) }
    };
    let title = format!("Order: {}", title_of(orderable));
    opened.page_below(inside, filled, &title, "order", &fields, advice)
}

/// Everything that can be ordered, to be filtered by typing.
fn choose(inside: &Inside, opened: &Opened, found: &Catalogue) -> Response {
    let patient = &opened.banner.identity.id;
    let kind = |one: &Value| {
        let kind = orderable_kind(one);
        ORDERABLE_KINDS.iter().find(|row| row.0 == kind).map_or("", |row| row.1)
    };
    let is_active = |one: &&Value| one["status"] == "active";
    let row = |one: &Value| {
        let href = format!("{}?orderable={}", inside.to_chart(patient, "order"), id(one));
        Row::new(vec![
            html! { a href=(href) { (title_of(one)) } },
            html! { (kind(one)) },
            html! { (one.pointer("/dosage/0/text").and_then(Value::as_str).unwrap_or_default()) },
        ])
    };
    let rows: Vec<Row> = found.orderables.iter().filter(is_active).map(row).collect();
    let columns = [Column::wide("What"), Column::text("Kind"), Column::wide("Offered as")];
    let nothing =
        empty(Icon::List, "Nothing can be ordered", "The catalogue of this hospital is empty.", &html! {});
    let list = table("Orderables", &columns, &rows, &nothing);
    let work = html! {
        (card("Order sets", &html! {}, &sets(inside, patient, found)))
        (card("One order", &html! {}, &filtered("filter-orderables", "Filter by name, kind or dose", rows.len(), &list)))
    };
    opened.plain(inside, "Order", &work)
}

fn sets(inside: &Inside, patient: &str, found: &Catalogue) -> Markup {
    let active = || found.order_sets.iter().filter(|one| one["status"] == "active");
    html! {
        @if active().next().is_none() { p.quiet { "No order set is in force." } }
        div.row {
            @for set in active() {
                (link_button(title_of(set), &format!("{}?set={}", inside.to_chart(patient, "order-set"), id(set)), Look::Plain))
            }
        }
    }
}

fn id(one: &Value) -> &str {
    one["id"].as_str().unwrap_or_default()
}
