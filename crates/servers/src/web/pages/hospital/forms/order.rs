use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use maud::{Markup, html};
use platform::ehr::catalogue::{Catalogue, catalogue, orderable_kind, title_of};
use platform::ehr::commands::{ORDERABLE_KINDS, PRIORITIES};
use serde_json::Value;

use super::{Fields, Filled, Opened, about, dose_fields, offered, run};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::chart::OfPatient;
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::said::Said;
use crate::web::ui::{
    Choice, Column, Field, Icon, Look, Row, Select, card, empty, filtered, link_button, submit, table,
};

/// `GET …/patients/{patient}/order`: what can be ordered, or the form for one orderable.
pub(crate) async fn form(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    let inside = inside.with_chart(&of.patient);
    let opened = about(&app, &inside, &of.patient).await?;
    let found = inside.run(&app, |_, access| catalogue(access)).await?;
    let wanted = asked.get("orderable").map(String::as_str).unwrap_or_default();
    match orderable(&found, wanted) {
        Some(orderable) => {
            let mut filled = offered(orderable);
            filled.fields.insert("orderable".to_owned(), wanted.to_owned());
            Ok(shown(&inside, &opened, &filled, orderable))
        }
        None => Ok(choose(&inside, &opened, &found)),
    }
}

/// `POST …/patients/{patient}/order`.
pub(crate) async fn send(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
    form: Fields,
) -> Result<Response, Fault> {
    let inside = inside.with_chart(&of.patient);
    let mut fields = form.fields;
    fields.insert("patient".to_owned(), of.patient.clone());
    // A field that was emptied says no; one that is left out would say what the catalogue offers.
    if fields.get("as_needed").is_some_and(|words| words.trim().is_empty()) {
        fields.insert("as_needed".to_owned(), "no".to_owned());
    }
    match run(&app, &inside, "draft_order", fields).await? {
        Ok(done) => Ok(Said::well(done.message).at(&inside.to_chart(&of.patient, "orders"))),
        Err(mut filled) => {
            if filled.value("as_needed") == "no" {
                filled.fields.remove("as_needed");
            }
            let opened = about(&app, &inside, &of.patient).await?;
            let found = inside.run(&app, |_, access| catalogue(access)).await?;
            match orderable(&found, filled.value("orderable")) {
                Some(orderable) => Ok(shown(&inside, &opened, &filled, orderable)),
                None => Ok(choose(&inside, &opened, &found)),
            }
        }
    }
}

fn orderable<'a>(found: &'a Catalogue, id: &str) -> Option<&'a Value> {
    found.orderables.iter().find(|one| one["id"] == id)
}

fn shown(inside: &Inside, opened: &Opened, filled: &Filled, orderable: &Value) -> Response {
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
    opened.page(inside, filled, &format!("Order: {}", title_of(orderable)), "order", &fields)
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
