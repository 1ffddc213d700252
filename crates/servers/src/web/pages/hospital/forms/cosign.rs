use axum::response::Response;
use maud::html;
use platform::ehr::chart::Review;

use super::review::{of_review, weighed};
use super::{ChartForm, Filled, Opened, Sent};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::Inside;
use crate::web::ui::{Look, link_button, submit};

/// `…/patients/{patient}/cosign?order=ID`: a prescriber agrees to an order that a pharmacist changed.
pub(crate) struct Cosign;

impl ChartForm for Cosign {
    const COMMAND: &'static str = "cosign_order";
    const THEN: &'static str = "orders";

    fn fields(mut sent: Sent, _patient: &str) -> Sent {
        sent.remove("expected_version");
        sent
    }

    async fn draw(app: &App, inside: &Inside, patient: &str, filled: Filled) -> Result<Response, Fault> {
        let (opened, review) = of_review(app, inside, patient, filled.value("order")).await?;
        Ok(shown(inside, &opened, &filled, &review))
    }
}

fn shown(inside: &Inside, opened: &Opened, filled: &Filled, review: &Review) -> Response {
    let end = inside.to_chart(&opened.banner.identity.id, "end-order");
    let end = format!("{end}?order=MedicationRequest/{}", review.order);
    let fields = html! {
        p.quiet { "A pharmacist changed your order to this one. It is in force already. If you do not agree, end it and order anew." }
        (weighed(review))
        div.form-actions {
            (submit("Countersign", Look::Primary))
            (link_button("End the order…", &end, Look::Plain))
            (link_button("Later", &inside.to("in-basket"), Look::Quiet))
        }
    };
    opened.page(inside, filled, "Countersign a changed order", "cosign", &fields)
}
