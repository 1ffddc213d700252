use axum::response::Response;
use maud::html;
use platform::ehr::chart::Review;

use super::review::{of_review, weighed};
use super::{ChartForm, Filled, Opened, Sent, dose_fields, filled_with};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::Inside;
use crate::web::ui::{Field, Look, link_button, submit};

/// `…/patients/{patient}/change-order?order=ID`: a pharmacist gives an order another dose.
pub(crate) struct ChangeOrder;

impl ChartForm for ChangeOrder {
    const COMMAND: &'static str = "change_order";
    const THEN: &'static str = "orders";

    fn fields(mut sent: Sent, _patient: &str) -> Sent {
        // A field that was emptied says no; one that is left out would say what was ordered.
        if sent.get("as_needed").is_some_and(|words| words.trim().is_empty()) {
            sent.insert("as_needed".to_owned(), "no".to_owned());
        }
        sent
    }

    async fn draw(app: &App, inside: &Inside, patient: &str, mut filled: Filled) -> Result<Response, Fault> {
        let (opened, review) = of_review(app, inside, patient, filled.value("order")).await?;
        if filled.value("as_needed") == "no" {
            filled.fields.remove("as_needed");
        }
        if !filled.is_refused() {
            filled = review.dosing.as_ref().map(filled_with).unwrap_or_default();
        }
        Ok(shown(inside, &opened, &filled, &review))
    }
}

fn shown(inside: &Inside, opened: &Opened, filled: &Filled, review: &Review) -> Response {
    let back = format!("{}?order={}", inside.to_chart(&opened.banner.identity.id, "verify"), review.order);
    let reason = Field::new("reason", "Why, for the prescriber");
    let reason = reason.value(filled.value("reason")).error(filled.error("reason")).autocomplete("off");
    let fields = html! {
        p.quiet { "The order is stopped, and one with this dose takes its place. It may be given at once; the prescriber countersigns it." }
        (weighed(review))
        (dose_fields(filled, true))
        (reason.required())
        div.form-actions { (submit("Change it", Look::Primary)) (link_button("Cancel", &back, Look::Quiet)) }
    };
    opened.page(inside, filled, "Change an order", "change-order", &fields)
}
