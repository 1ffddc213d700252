use axum::extract::{Path, State};
use axum::response::Response;
use maud::html;

use super::{Fields, Filled, Opened, about, run};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::chart::OfPatient;
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::said::Said;
use crate::web::ui::{Field, Look, Tone, link_button, notice, submit};

/// `GET …/patients/{patient}/unmerge`.
pub(crate) async fn form(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
) -> Result<Response, Fault> {
    let inside = inside.with_chart(&of.patient);
    let opened = about(&app, &inside, &of.patient).await?;
    Ok(shown(&inside, &opened, &Filled::default()))
}

/// `POST …/patients/{patient}/unmerge`: takes back the merge by which this chart was retired.
pub(crate) async fn send(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
    form: Fields,
) -> Result<Response, Fault> {
    let inside = inside.with_chart(&of.patient);
    let mut fields = form.fields;
    fields.insert("retired".to_owned(), of.patient.clone());
    match run(&app, &inside, "unmerge_patients", fields).await? {
        Ok(done) => Ok(Said::well(done.message).at(&inside.to_chart(&of.patient, "summary"))),
        Err(filled) => Ok(shown(&inside, &about(&app, &inside, &of.patient).await?, &filled)),
    }
}

fn shown(inside: &Inside, opened: &Opened, filled: &Filled) -> Response {
    let words = html! { p { "Puts back what the merge moved, and nothing else: what was written since stays where it is." } };
    let fields = html! {
        div #retired { (notice(Tone::Info, None, &words)) }
        (Field::new("reason", "Why the charts are of two people").value(filled.value("reason")).error(filled.error("reason")).autocomplete("off").required())
        div.form-actions { (submit("Take the merge back", Look::Primary)) (link_button("Cancel", &inside.to_chart(&opened.banner.identity.id, "summary"), Look::Quiet)) }
    };
    opened.page(inside, filled, "Unmerge", "unmerge", &fields)
}
