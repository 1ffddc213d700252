use axum::response::{IntoResponse, Response};
use maud::html;

use super::{ChartForm, Filled, status};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::ui::{
    Field, Icon, Look, Takes, Tone, card, link_button, notice, post_form, submit, tag_with,
};

/// `…/patients/{patient}/break-glass`: opens a restricted chart for a while.
pub(crate) struct BreakGlass;

impl ChartForm for BreakGlass {
    const COMMAND: &'static str = "break_glass";

    async fn draw(_app: &App, inside: &Inside, patient: &str, filled: Filled) -> Result<Response, Fault> {
        Ok(shown(inside, patient, &filled))
    }
}

/// Nothing of the chart stands here, not even whose it is.
fn shown(inside: &Inside, patient: &str, filled: &Filled) -> Response {
    let words = html! { p { "It is open to those who need it for their work. Say why you do: the journal keeps your reason, and health information management reads it." } };
    let reason =
        Field::new("reason", "Why you need this chart now").takes(Takes::Block).value(filled.value("reason"));
    let fields = html! {
        (reason.error(filled.error("reason")).required())
        div.form-actions { (submit("Open the chart", Look::Primary)) (link_button("Back to the patients", &inside.to("patients"), Look::Quiet)) }
    };
    let body = html! {
        (notice(Tone::Warn, None, &words))
        (filled.summary())
        (post_form(&inside.to_chart(patient, "break-glass"), &inside.visitor.csrf, &fields))
    };
    let work = card("This chart is restricted", &tag_with(Tone::Warn, Icon::Lock, "restricted"), &body);
    (status(filled), inside.page(Tab::None, "This chart is restricted", &work)).into_response()
}
