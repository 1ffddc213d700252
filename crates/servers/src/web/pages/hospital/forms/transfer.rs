use axum::extract::{Path, State};
use axum::response::Response;
use maud::html;

use super::place::place;
use super::{Fields, Filled, Opened, about, run};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::chart::OfPatient;
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::said::Said;
use crate::web::ui::{Icon, Look, empty, link_button, submit};

/// `GET …/patients/{patient}/transfer`.
pub(crate) async fn form(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
) -> Result<Response, Fault> {
    let inside = inside.with_chart(&of.patient);
    let opened = about(&app, &inside, &of.patient).await?;
    Ok(shown(&inside, &opened, &Filled::default()))
}

/// `POST …/patients/{patient}/transfer`.
pub(crate) async fn send(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
    form: Fields,
) -> Result<Response, Fault> {
    let inside = inside.with_chart(&of.patient);
    match run(&app, &inside, "transfer", form.fields).await? {
        Ok(done) => Ok(Said::well(done.message).at(&inside.to_chart(&of.patient, "summary"))),
        Err(filled) => Ok(shown(&inside, &about(&app, &inside, &of.patient).await?, &filled)),
    }
}

fn shown(inside: &Inside, opened: &Opened, filled: &Filled) -> Response {
    let back = inside.to_chart(&opened.banner.identity.id, "summary");
    let Some(here) = &opened.banner.here else {
        let next = link_button("Back to the chart", &back, Look::Primary);
        let why = "Only somebody who is in the hospital can be moved within it.";
        let nothing = empty(Icon::Bed, "Not in hospital", why, &next);
        return opened.page(inside, filled, "Transfer", "transfer", &nothing);
    };
    let fields = html! {
        p { "Now at " b { (here.label) } ". It stays the same stay; the bed it leaves has to be cleaned." }
        input type="hidden" name="encounter" value=(here.encounter);
        input type="hidden" name="expected_version" value=(here.encounter_version);
        (place(filled, &opened.wards))
        div.form-actions { (submit("Transfer", Look::Primary)) (link_button("Cancel", &back, Look::Quiet)) }
    };
    opened.page(inside, filled, "Transfer", "transfer", &fields)
}
