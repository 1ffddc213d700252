use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use maud::html;
use platform::ehr::chart::Section;

use super::{Fields, Filled, about_part, run};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::chart::{OfPatient, measured_at, value};
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::said::Said;
use crate::web::ui::{Field, Look, facts, link_button, submit};

/// `GET …/patients/{patient}/acknowledge`.
pub(crate) async fn form(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    let inside = inside.with_chart(&of.patient);
    shown(&app, &inside, &of.patient, &asked, &Filled::default()).await
}

/// `POST …/patients/{patient}/acknowledge`.
pub(crate) async fn send(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
    form: Fields,
) -> Result<Response, Fault> {
    let inside = inside.with_chart(&of.patient);
    let sent = form.fields.clone();
    match run(&app, &inside, "acknowledge_result", form.fields).await? {
        Ok(done) => Ok(Said::well(done.message).at(&inside.to_chart(&of.patient, "results"))),
        Err(filled) => shown(&app, &inside, &of.patient, &sent, &filled).await,
    }
}

async fn shown(
    app: &App,
    inside: &Inside,
    patient: &str,
    asked: &BTreeMap<String, String>,
    filled: &Filled,
) -> Result<Response, Fault> {
    let wanted = asked.get("observation").cloned().unwrap_or_default();
    let id = wanted.clone();
    let find = about_part(app, inside, patient, Section::Results, move |chart| {
        let mut all = chart.results()?.into_iter().flat_map(|series| {
            let label = series.label;
            series.points.into_iter().map(move |point| (label.clone(), point))
        });
        Ok(all.find(|(_, point)| point.observation == id))
    });
    let (opened, found) = find.await?;
    let (test, point) = found.ok_or_else(|| Fault::Missing("This patient has no such result.".to_owned()))?;
    let who = &opened.banner.identity;
    let fields = html! {
        (facts(&[("Result", html! { b { (test) " " (value(&point)) } }), ("Taken", measured_at(&point))]))
        input type="hidden" name="observation" value=(wanted);
        (Field::new("read_back", "Read back").hint("Name, test and value, as you said them back.").value(filled.value("read_back")).error(filled.error("read_back")).placeholder(&format!("{}, {} …", who.name, test.to_lowercase())).autocomplete("off").required())
        (Field::new("action", "What is done about it").value(filled.value("action")).error(filled.error("action")).autocomplete("off").required())
        div.form-actions { (submit("Acknowledge", Look::Primary)) (link_button("Cancel", &inside.to_chart(&who.id, "results"), Look::Quiet)) }
    };
    Ok(opened.page(inside, filled, "Acknowledge a critical result", "acknowledge", &fields))
}
