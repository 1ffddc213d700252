use axum::response::Response;
use maud::html;
use platform::ehr::chart::Review;
use platform::ehr::commands::Severity;

use super::review::{of_review, weighed};
use super::{ChartForm, Filled, Opened, Sent};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::Inside;
use crate::web::ui::{Field, Look, link_button, submit};

/// `…/patients/{patient}/verify?order=ID`: a pharmacist looks at an order.
pub(crate) struct Verify;

impl ChartForm for Verify {
    const COMMAND: &'static str = "verify_order";
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
    let to =
        |form: &str| format!("{}?order={}", inside.to_chart(&opened.banner.identity.id, form), review.order);
    let is = |severity: Severity| review.firings.iter().any(|firing| firing.severity == severity);
    let reason = Field::new("override_reason", "Why it may be given nevertheless");
    let reason = reason.value(filled.value("override_reason")).error(filled.error("override_reason"));
    let fields = html! {
        (weighed(review))
        @if is(Severity::Warning) { (reason.autocomplete("off").required()) }
        div.form-actions id="decide" {
            @if is(Severity::Stop) { p { "A rule stops this order: it cannot be verified as it is." } }
            @else { (submit("Verify", Look::Primary)) }
            (link_button("Change…", &to("change-order"), Look::Plain))
            (link_button("Return to the prescriber…", &to("return-order"), Look::Plain))
            (link_button("Later", &inside.to("in-basket"), Look::Quiet))
        }
    };
    opened.page(inside, filled, "Verify an order", "verify", &fields)
}
