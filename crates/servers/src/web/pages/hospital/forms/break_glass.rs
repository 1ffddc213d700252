use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use maud::html;

use super::{Fields, Filled, run, status};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::chart::OfPatient;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::said::Said;
use crate::web::ui::{
    Field, Icon, Look, Takes, Tone, card, link_button, notice, post_form, submit, tag_with,
};

/// `GET …/patients/{patient}/break-glass`.
pub(crate) async fn form(inside: Inside, Path(of): Path<OfPatient>) -> Response {
    shown(&inside, &of.patient, &Filled::default())
}

/// `POST …/patients/{patient}/break-glass`: opens a restricted chart for a while.
pub(crate) async fn send(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
    form: Fields,
) -> Result<Response, Fault> {
    let mut fields = form.fields;
    fields.insert("patient".to_owned(), of.patient.clone());
    Ok(match run(&app, &inside, "break_glass", fields).await? {
        Ok(done) => Said::well(done.message).at(&inside.to_chart(&of.patient, "summary")),
        Err(filled) => shown(&inside, &of.patient, &filled),
    })
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
