use axum::response::Response;
use maud::html;
use platform::ehr::chart::Order;

use super::of_order::of_order;
use super::{ChartForm, Filled, Opened, Sent};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::Inside;
use crate::web::ui::{Field, Look, Tone, link_button, notice, submit};

/// `…/patients/{patient}/sign-again?order=MedicationRequest/ID`: a prescriber answers a pharmacist, and the order stands.
pub(crate) struct SignAgain;

impl ChartForm for SignAgain {
    const COMMAND: &'static str = "sign_orders";
    const THEN: &'static str = "orders";

    fn fields(sent: Sent, patient: &str) -> Sent {
        let of = |field: &str| sent.get(field).cloned().unwrap_or_default();
        let order = match of("order") {
            // An empty list would mean every draft.
            none if none.is_empty() => ",".to_owned(),
            order => order,
        };
        Sent::from([
            ("patient".to_owned(), patient.to_owned()),
            ("orders".to_owned(), order),
            ("override_reason".to_owned(), of("override_reason")),
        ])
    }

    async fn draw(app: &App, inside: &Inside, patient: &str, filled: Filled) -> Result<Response, Fault> {
        let (opened, order) = of_order(app, inside, patient, filled.value("order")).await?;
        Ok(shown(inside, &opened, &filled, &order))
    }
}

fn shown(inside: &Inside, opened: &Opened, filled: &Filled, order: &Order) -> Response {
    let end = inside.to_chart(&opened.banner.identity.id, "end-order");
    let end = format!("{end}?order={}", order.reference);
    let said = order.verification.as_ref().and_then(|one| one.reason.as_deref());
    let answer = Field::new("override_reason", "Your answer").value(filled.value("override_reason"));
    let answer = answer.error(filled.error("override_reason")).autocomplete("off").required();
    let fields = html! {
        p { b { (order.name) } @if let Some(detail) = &order.detail { ", " (detail) } }
        @if let Some(said) = said { (notice(Tone::Warn, Some("The pharmacist returned it"), &html! { p { (said) } })) }
        @for firing in &filled.firings { (notice(Tone::Bad, Some(&firing.title), &html! { p { (firing.message) } })) }
        input type="hidden" name="order" value=(order.reference);
        (answer)
        div.form-actions id="orders" {
            (submit("Sign it as it is", Look::Primary))
            (link_button("End the order…", &end, Look::Plain))
            (link_button("Later", &inside.to("in-basket"), Look::Quiet))
        }
    };
    opened.page(inside, filled, "Answer the pharmacist", "sign-again", &fields)
}
