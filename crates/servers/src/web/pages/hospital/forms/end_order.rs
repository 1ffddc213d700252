use axum::response::Response;
use maud::html;
use platform::ehr::chart::{Order, OrderState};

use super::of_order::of_order;
use super::{ChartForm, Filled, Opened, Sent};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::Inside;
use crate::web::ui::{Field, Look, link_button, submit};

/// `…/patients/{patient}/end-order?order=Type/ID`.
pub(crate) struct EndOrder;

impl ChartForm for EndOrder {
    const COMMAND: &'static str = "discontinue_order";
    const THEN: &'static str = "orders";

    fn fields(sent: Sent, _patient: &str) -> Sent {
        sent
    }

    async fn draw(app: &App, inside: &Inside, patient: &str, filled: Filled) -> Result<Response, Fault> {
        let (opened, order) = of_order(app, inside, patient, filled.value("order")).await?;
        Ok(shown(inside, &opened, &filled, &order))
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
