use axum::extract::{Path, State};
use axum::response::Response;
use maud::html;
use platform::ehr::commands::CLASSES;

use super::place::place;
use super::{Fields, Filled, Opened, about, run};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::chart::OfPatient;
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::said::Said;
use crate::web::pages::words::capital;
use crate::web::ui::{Choice, Field, Look, Select, link_button, submit};

/// `GET …/patients/{patient}/admit`.
pub(crate) async fn form(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
) -> Result<Response, Fault> {
    let inside = inside.with_chart(&of.patient);
    let opened = about(&app, &inside, &of.patient).await?;
    Ok(shown(&inside, &opened, &Filled::with(&[("class", "IMP")])))
}

/// `POST …/patients/{patient}/admit`.
pub(crate) async fn send(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
    form: Fields,
) -> Result<Response, Fault> {
    let inside = inside.with_chart(&of.patient);
    let mut fields = form.fields;
    fields.insert("patient".to_owned(), of.patient.clone());
    match run(&app, &inside, "admit", fields).await? {
        Ok(done) => Ok(Said::well(done.message).at(&inside.to_chart(&of.patient, "summary"))),
        Err(filled) => Ok(shown(&inside, &about(&app, &inside, &of.patient).await?, &filled)),
    }
}

fn shown(inside: &Inside, opened: &Opened, filled: &Filled) -> Response {
    let labels = CLASSES.map(|(_, display)| capital(display));
    let classes: Vec<Choice<'_>> =
        CLASSES.iter().zip(&labels).map(|((code, _), label)| Choice::new(code, label)).collect();
    let back = inside.to_chart(&opened.banner.identity.id, "summary");
    let fields = html! {
        div.form-grid {
            (place(filled, &opened.wards))
            (Select::new("class", "Class", &classes).chosen(filled.value("class")).error(filled.error("class")))
        }
        (Field::new("reason", "Why the patient comes in").value(filled.value("reason")).error(filled.error("reason")).hint("In words, or as an ICD-10-CM code.").autocomplete("off").required())
        div.form-actions { (submit("Admit", Look::Primary)) (link_button("Cancel", &back, Look::Quiet)) }
    };
    opened.page(inside, filled, "Admit", "admit", &fields)
}
