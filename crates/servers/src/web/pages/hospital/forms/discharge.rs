use axum::extract::{Path, State};
use axum::response::Response;
use maud::html;
use platform::ehr::commands::DISPOSITIONS;

use super::{Fields, Filled, Opened, about, run};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::chart::OfPatient;
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::said::Said;
use crate::web::ui::{Choice, Icon, Look, Select, empty, link_button, submit};

/// `GET …/patients/{patient}/discharge`.
pub(crate) async fn form(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
) -> Result<Response, Fault> {
    let inside = inside.with_chart(&of.patient);
    let opened = about(&app, &inside, &of.patient).await?;
    Ok(shown(&inside, &opened, &Filled::default()))
}

/// `POST …/patients/{patient}/discharge`.
pub(crate) async fn send(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
    form: Fields,
) -> Result<Response, Fault> {
    let inside = inside.with_chart(&of.patient);
    match run(&app, &inside, "discharge", form.fields).await? {
        Ok(done) => Ok(Said::well(done.message).at(&inside.to_chart(&of.patient, "summary"))),
        Err(filled) => Ok(shown(&inside, &about(&app, &inside, &of.patient).await?, &filled)),
    }
}

fn shown(inside: &Inside, opened: &Opened, filled: &Filled) -> Response {
    let back = inside.to_chart(&opened.banner.identity.id, "summary");
    let Some(here) = &opened.banner.here else {
        let next = link_button("Back to the chart", &back, Look::Primary);
        let nothing = empty(Icon::Leave, "Not in hospital", "There is no stay that could end.", &next);
        return opened.page(inside, filled, "Discharge", "discharge", &nothing);
    };
    let mut ways = vec![Choice::new("", "Choose…")];
    ways.extend(DISPOSITIONS.iter().map(|(code, display)| Choice::new(code, display)));
    let disposition = Select::new("disposition", "Goes to", &ways)
        .chosen(filled.value("disposition"))
        .error(filled.error("disposition"))
        .required();
    let fields = html! {
        p { "The stay at " b { (here.label) } " ends now, and the bed waits to be cleaned. The stay remains in the record." }
        input type="hidden" name="encounter" value=(here.encounter);
        input type="hidden" name="expected_version" value=(here.encounter_version);
        (disposition)
        div.form-actions { (submit("Discharge", Look::Primary)) (link_button("Cancel", &back, Look::Quiet)) }
    };
    opened.page(inside, filled, "Discharge", "discharge", &fields)
}
