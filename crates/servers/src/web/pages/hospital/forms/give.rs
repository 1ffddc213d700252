use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use maud::html;
use platform::ehr::chart::{DoseState, Section, Sheet};
use platform::ehr::commands::OUTCOMES;

use super::{Fields, Filled, Opened, about_part, run};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::chart::OfPatient;
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::said::Said;
use crate::web::pages::words::moment_words;
use crate::web::ui::{Choice, Field, Look, Select, Takes, link_button, submit};

/// `GET …/patients/{patient}/give`.
pub(crate) async fn form(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    let inside = inside.with_chart(&of.patient);
    let (opened, sheet) = sheet(&app, &inside, &of.patient, asked.get("order")).await?;
    let due = asked.get("due").map(String::as_str).unwrap_or_default();
    Ok(shown(&inside, &opened, &Filled::with(&[("due", due)]), &sheet))
}

/// `POST …/patients/{patient}/give`.
pub(crate) async fn send(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
    form: Fields,
) -> Result<Response, Fault> {
    let inside = inside.with_chart(&of.patient);
    let order = form.fields.get("order").cloned();
    match run(&app, &inside, "administer_medication", form.fields).await? {
        Ok(done) => Ok(Said::well(done.message).at(&inside.to_chart(&of.patient, "administration"))),
        Err(filled) => {
            let (opened, sheet) = sheet(&app, &inside, &of.patient, order.as_ref()).await?;
            Ok(shown(&inside, &opened, &filled, &sheet))
        }
    }
}

/// Opens the form about one medicine in force.
async fn sheet(
    app: &App,
    inside: &Inside,
    patient: &str,
    order: Option<&String>,
) -> Result<(Opened, Sheet), Fault> {
    let order = order.cloned().unwrap_or_default();
    let find = about_part(app, inside, patient, Section::Administration, move |chart| {
        Ok(chart.administration()?.into_iter().find(|sheet| sheet.order == order))
    });
    let (opened, sheet) = find.await?;
    let missing = || Fault::Missing("This patient has no such medicine in force.".to_owned());
    Ok((opened, sheet.ok_or_else(missing)?))
}

fn shown(inside: &Inside, opened: &Opened, filled: &Filled, sheet: &Sheet) -> Response {
    let back = inside.to_chart(&opened.banner.identity.id, "administration");
    let outcomes = OUTCOMES.map(|(code, words)| Choice::new(code, words));
    let open =
        sheet.doses.iter().filter(|dose| !matches!(dose.state, DoseState::Given | DoseState::NotGiven));
    let times: Vec<(String, String)> =
        open.map(|dose| (dose.due.text.clone(), moment_words(&dose.due))).collect();
    let mut due = vec![Choice::new("", "The nearest")];
    due.extend(times.iter().map(|(value, words)| Choice::new(value, words)));
    let text = |name, label| {
        Field::new(name, label).value(filled.value(name)).error(filled.error(name)).autocomplete("off")
    };
    let fields = html! {
        p { b { (sheet.name) } @if let Some(dosage) = &sheet.dosage { ", " (dosage) } }
        input type="hidden" name="order" value=(sheet.order);
        div.form-grid {
            (text("wristband", "Wristband").hint("The number on the patient's wrist, typed or scanned.").required())
            (text("product", "Package").hint("The code on the medicine's package. Not needed when it is not given."))
            (text("dose", "Dose").takes(Takes::Number).unit(sheet.unit.as_deref().unwrap_or("as ordered")).hint("Empty: as ordered."))
            @if !times.is_empty() { (Select::new("due", "Due", &due).chosen(filled.value("due")).error(filled.error("due"))) }
            (Select::new("outcome", "What became of it", &outcomes).chosen(filled.value("outcome")).error(filled.error("outcome")))
        }
        div.form-grid {
            (text("reason", "Why not, if held or refused"))
            (text("override_reason", "Why at another time, or another amount"))
        }
        div.form-actions { (submit("Record", Look::Primary)) (link_button("Cancel", &back, Look::Quiet)) }
    };
    opened.page(inside, filled, "Give a medicine", "give", &fields)
}
