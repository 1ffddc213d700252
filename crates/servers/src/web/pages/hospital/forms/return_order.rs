use axum::response::Response;
use maud::html;
use platform::ehr::chart::Review;

use super::review::{of_review, weighed};
use super::{ChartForm, Filled, Opened, Sent};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::Inside;
use crate::web::ui::{Field, Look, link_button, submit};

/// `…/patients/{patient}/return-order?order=ID`: a pharmacist sends an order back to who prescribed it.
pub(crate) struct ReturnOrder;

impl ChartForm for ReturnOrder {
    const COMMAND: &'static str = "return_order";
    const THEN: &'static str = "orders";

    fn fields(sent: Sent, _patient: &str) -> Sent {
        sent
    }

    async fn draw(app: &App, inside: &Inside, patient: &str, filled: Filled) -> Result<Response, Fault> {
        let (opened, review) = of_review(app, inside, patient, filled.value("order")).await?;
        Ok(shown(inside, &opened, &filled, &review))
    }
}

fn shown(inside: &Inside, opened: &Opened, filled: &Filled, review: &Review) -> Response {
    let back = format!("{}?order={}", inside.to_chart(&opened.banner.identity.id, "verify"), review.order);
    let reason = Field::new("reason", "What the prescriber should change, and why");
    let reason = reason.value(filled.value("reason")).error(filled.error("reason")).autocomplete("off");
    let fields = html! {
        p.quiet { "The order is on hold until the prescriber answers: nobody gives it meanwhile." }
        (weighed(review))
        (reason.required())
        div.form-actions { (submit("Return it", Look::Primary)) (link_button("Cancel", &back, Look::Quiet)) }
    };
    opened.page(inside, filled, "Return an order", "return-order", &fields)
}
