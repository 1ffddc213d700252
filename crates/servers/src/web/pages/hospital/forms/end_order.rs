use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use maud::html;
use platform::ehr::chart::{Order, OrderState};

use super::of_order::of_order;
use super::{Fields, Filled, Opened, run};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::chart::OfPatient;
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::said::Said;
use crate::web::ui::{Field, Look, link_button, submit};

/// `GET …/patients/{patient}/end-order`.
pub(crate) async fn form(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    let inside = inside.with_chart(&of.patient);
    let (opened, order) = of_order(&app, &inside, &of.patient, asked.get("order")).await?;
    Ok(shown(&inside, &opened, &Filled::default(), &order))
}

/// `POST …/patients/{patient}/end-order`.
pub(crate) async fn send(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
    form: Fields,
) -> Result<Response, Fault> {
    let inside = inside.with_chart(&of.patient);
    let name = form.fields.get("order").cloned();
    match run(&app, &inside, "discontinue_order", form.fields).await? {
        Ok(done) => Ok(Said::well(done.message).at(&inside.to_chart(&of.patient, "orders"))),
        Err(filled) => {
            let (opened, order) = of_order(&app, &inside, &of.patient, name.as_ref()).await?;
            Ok(shown(&inside, &opened, &filled, &order))
        }
    }
}

fn shown(inside: &Inside, opened: &Opened, filled: &Filled, order: &Order) -> Response {
    let back = inside.to_chart(&opened.banner.identity.id, "orders");
    let reason =
        Field::new("reason", "Why it ends").value(filled.value("reason")).error(filled.error("reason"));
    let reason = reason.autocomplete("off");
    let fields = html! {
        p { b { (order.name) } @if let Some(detail) = &order.detail { ", " (detail) } ", " (order.status) }
        input type="hidden" name="order" value=(order.reference);
        input type="hidden" name="expected_version" value=(order.version);
        @if order.state == OrderState::Draft { (reason) } @else { (reason.required()) }
        div.form-actions { (submit("End the order", Look::Danger)) (link_button("Keep it", &back, Look::Quiet)) }
    };
    opened.page(inside, filled, "End an order", "end-order", &fields)
}
