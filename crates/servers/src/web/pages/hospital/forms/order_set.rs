use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use platform::ehr::catalogue::{Catalogue, catalogue, set_items, title_of};
use serde_json::Value;

use super::{ChartForm, Fields, Filled, Opened, Sent, about, run};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::chart::{OfPatient, orders_page};
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::said::Said;
use crate::web::ui::{Field, Look, checkbox, link_button, submit, submit_as};

/// `…/patients/{patient}/order-set?set=ID`.
pub(crate) struct OrderSet;

impl ChartForm for OrderSet {
    const COMMAND: &'static str = "draft_order_set";

    fn begin(asked: Sent) -> Filled {
        let set = asked.get("set").map(String::as_str).unwrap_or_default();
        Filled::with(&[("order_set", set), ("untouched", "yes")])
    }

    async fn draw(app: &App, inside: &Inside, patient: &str, filled: Filled) -> Result<Response, Fault> {
        shown(app, inside, patient, &filled).await
    }
}

/// `POST …/patients/{patient}/order-set`: drafts what is ticked, and signs it where that was pressed.
pub(crate) async fn send(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
    form: Fields,
) -> Result<Response, Fault> {
    let inside = inside.with_chart(&of.patient);
    let sent = form.fields;
    let ticked: Vec<&str> = sent.keys().filter_map(|name| name.strip_prefix("item.")).collect();
    let mut fields = BTreeMap::from([
        ("patient".to_owned(), of.patient.clone()),
        // An empty list would mean what is ticked to begin with; a comma means nothing at all.
        ("items".to_owned(), if ticked.is_empty() { ",".to_owned() } else { ticked.join(" ") }),
    ]);
    for name in ["order_set", "reason"] {
        fields.insert(name.to_owned(), sent.get(name).cloned().unwrap_or_default());
    }
    let done = match run(&app, &inside, "draft_order_set", fields).await? {
        Ok(done) => done,
        Err(mut filled) => {
            filled.fields.extend(sent);
            return shown(&app, &inside, &of.patient, &filled).await;
        }
    };
    let orders = inside.to_chart(&of.patient, "orders");
    if sent.get("then").map(String::as_str) != Some("sign") {
        return Ok(Said::well(done.message).at(&orders));
    }
    let drafts: Vec<String> = done.resources.iter().map(|one| format!("{}/{}", one.kind, one.id)).collect();
    let fields =
        BTreeMap::from([("patient".to_owned(), of.patient.clone()), ("orders".to_owned(), drafts.join(" "))]);
    match run(&app, &inside, "sign_orders", fields).await? {
        Ok(done) => Ok(Said::well(done.message).at(&orders)),
        Err(filled) => {
            orders_page(&app, &inside, &of.patient, &filled).await.map(IntoResponse::into_response)
        }
    }
}

async fn shown(app: &App, inside: &Inside, patient: &str, filled: &Filled) -> Result<Response, Fault> {
    let opened: Opened = about(app, inside, patient).await?;
    let found = inside.run(app, |_, access| catalogue(access)).await?;
    let wanted = filled.value("order_set");
    let set = found.order_sets.iter().find(|one| one["id"] == wanted);
    let set = set.ok_or_else(|| Fault::Missing("This hospital has no such order set.".to_owned()))?;
    let back = inside.to_chart(patient, "order");
    let fields = html! {
        @if let Some(about) = set["description"].as_str() { p.quiet { (about) } }
        input type="hidden" name="order_set" value=(wanted);
        (items(&found, set, filled))
        (Field::new("reason", "Why").value(filled.value("reason")).error(filled.error("reason")).autocomplete("off"))
        div.form-actions {
            (submit_as("Sign", Look::Primary, "then", "sign"))
            (submit("Draft only", Look::Plain))
            (link_button("Cancel", &back, Look::Quiet))
        }
    };
    Ok(opened.page(inside, filled, title_of(set), "order-set", &fields))
}

fn items(found: &Catalogue, set: &Value, filled: &Filled) -> Markup {
    let untouched = !filled.value("untouched").is_empty();
    let mut groups: Vec<(&str, Vec<Markup>)> = Vec::new();
    for item in set_items(set) {
        let id = item.definition.rsplit('/').next().unwrap_or_default();
        let orderable = found.orderables.iter().find(|one| one["url"] == item.definition);
        let dose = orderable.and_then(|one| one.pointer("/dosage/0/text")).and_then(Value::as_str);
        let title = orderable.map_or(id, title_of);
        let words = dose.map_or_else(|| title.to_owned(), |dose| format!("{title}, {dose}"));
        let name = format!("item.{id}");
        let ticked = if untouched { item.ticked } else { filled.fields.contains_key(&name) };
        if groups.last().is_none_or(|(group, _)| *group != item.group) {
            groups.push((item.group, Vec::new()));
        }
        if let Some((_, boxes)) = groups.last_mut() {
            boxes.push(checkbox(&name, &words, ticked));
        }
    }
    html! {
        div.form-grid id="items" {
            @for (title, boxes) in &groups { fieldset.choices { legend { (title) } @for one in boxes { (one) } } }
        }
    }
}
