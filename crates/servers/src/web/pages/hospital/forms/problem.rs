use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use maud::html;
use platform::ehr::chart::Section;
use platform::ehr::commands::PROBLEM_STATES;

use super::{Fields, Filled, about_part, run};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::chart::OfPatient;
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::said::Said;
use crate::web::ui::{Choice, Field, Look, Select, Takes, link_button, submit};

/// `GET …/patients/{patient}/problem`: a new one, or with `?problem=ID` one that is seen differently now.
pub(crate) async fn form(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    let inside = inside.with_chart(&of.patient);
    let known = asked.get("problem").cloned();
    shown(&app, &inside, &of.patient, &Filled::default(), known).await
}

/// `POST …/patients/{patient}/problem`.
pub(crate) async fn send(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
    form: Fields,
) -> Result<Response, Fault> {
    let inside = inside.with_chart(&of.patient);
    let mut fields = form.fields;
    let known = fields.get("problem").filter(|_| fields.contains_key("expected_version")).cloned();
    let command = if known.is_some() {
        "revise_problem"
    } else {
        fields.insert("patient".to_owned(), of.patient.clone());
        "add_problem"
    };
    match run(&app, &inside, command, fields).await? {
        Ok(done) => Ok(Said::well(done.message).at(&inside.to_chart(&of.patient, "summary"))),
        Err(filled) => shown(&app, &inside, &of.patient, &filled, known).await,
    }
}

async fn shown(
    app: &App,
    inside: &Inside,
    patient: &str,
    filled: &Filled,
    known: Option<String>,
) -> Result<Response, Fault> {
    let wanted = known.clone().unwrap_or_default();
    let open = about_part(app, inside, patient, Section::Summary, move |chart| {
        Ok(chart.summary()?.problems.into_iter().find(|one| one.id == wanted))
    });
    let (opened, found) = open.await?;
    let back = inside.to_chart(patient, "summary");
    if known.is_none() {
        let fields = html! {
            div.form-grid {
                (Field::new("problem", "Problem").hint("In words, or as an ICD-10-CM code such as I10.").value(filled.value("problem")).error(filled.error("problem")).autocomplete("off").required())
                (Field::new("onset", "Since").takes(Takes::Date).value(filled.value("onset")).error(filled.error("onset")))
            }
            div.form-actions { (submit("Add", Look::Primary)) (link_button("Cancel", &back, Look::Quiet)) }
        };
        return Ok(opened.page(inside, filled, "Add a problem", "problem", &fields));
    }
    let known = found.ok_or_else(|| Fault::Missing("This problem is not on the list.".to_owned()))?;
    let states: Vec<Choice<'_>> =
        PROBLEM_STATES.iter().map(|(code, words)| Choice::new(code, words)).collect();
    let fields = html! {
        p { b { (known.name) } }
        input type="hidden" name="problem" value=(known.id);
        input type="hidden" name="expected_version" value=(known.version);
        (Select::new("status", "What it is now", &states).chosen(filled.value("status")).error(filled.error("status")).required())
        (Field::new("reason", "Why").value(filled.value("reason")).error(filled.error("reason")).autocomplete("off").required())
        div.form-actions { (submit("Revise", Look::Primary)) (link_button("Cancel", &back, Look::Quiet)) }
    };
    Ok(opened.page(inside, filled, "Revise a problem", "problem", &fields))
}
