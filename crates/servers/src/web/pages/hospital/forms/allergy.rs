use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use maud::{Markup, html};
use platform::ehr::commands::{ALLERGY_STATES, CRITICALITIES, SUBSTANCES};

use super::{Fields, Filled, Opened, about, run};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::chart::OfPatient;
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::said::Said;
use crate::web::ui::{Choice, Field, Look, Select, link_button, submit};

/// `GET …/patients/{patient}/allergy`: a new one, or with `?allergy=ID` one that is seen differently now.
pub(crate) async fn form(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    let inside = inside.with_chart(&of.patient);
    let opened = about(&app, &inside, &of.patient).await?;
    shown(&inside, &opened, &Filled { fields: asked, ..Filled::default() })
}

/// `POST …/patients/{patient}/allergy`.
pub(crate) async fn send(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
    form: Fields,
) -> Result<Response, Fault> {
    let inside = inside.with_chart(&of.patient);
    let mut fields = form.fields;
    let command = if fields.contains_key("allergy") {
        "revise_allergy"
    } else {
        fields.insert("patient".to_owned(), of.patient.clone());
        "record_allergy"
    };
    match run(&app, &inside, command, fields).await? {
        Ok(done) => Ok(Said::well(done.message).at(&inside.to_chart(&of.patient, "summary"))),
        Err(filled) => shown(&inside, &about(&app, &inside, &of.patient).await?, &filled),
    }
}

fn shown(inside: &Inside, opened: &Opened, filled: &Filled) -> Result<Response, Fault> {
    let id = filled.value("allergy");
    if id.is_empty() {
        return Ok(opened.page(inside, filled, "Record an allergy", "allergy", &new(inside, opened, filled)));
    }
    let known = opened.banner.allergies.iter().find(|one| one.id == id);
    let known = known.ok_or_else(|| Fault::Missing("This allergy is not on the list.".to_owned()))?;
    let states: Vec<Choice<'_>> =
        ALLERGY_STATES.iter().map(|(code, words)| Choice::new(code, words)).collect();
    let fields = html! {
        p { b { (known.substance) } @if let Some(reaction) = &known.reaction { ": " (reaction) } }
        input type="hidden" name="allergy" value=(id);
        input type="hidden" name="expected_version" value=(known.version);
        div.form-grid {
            (Select::new("status", "What it is now", &states).chosen(filled.value("status")).error(filled.error("status")))
            (criticality(filled, "As it is"))
        }
        (Field::new("reason", "Why").value(filled.value("reason")).error(filled.error("reason")).autocomplete("off").required())
        (actions(inside, opened, "Revise"))
    };
    Ok(opened.page(inside, filled, "Revise an allergy", "allergy", &fields))
}

fn new(inside: &Inside, opened: &Opened, filled: &Filled) -> Markup {
    let names: Vec<&str> = SUBSTANCES.iter().map(|one| one.display).collect();
    let hint = format!(
        "These have a code that rules understand: {}. Anything else is kept in words.",
        names.join(", ")
    );
    html! {
        div.form-grid {
            (Field::new("substance", "Allergic to").value(filled.value("substance")).error(filled.error("substance")).hint(&hint).autocomplete("off").required())
            (Field::new("reaction", "What happens").value(filled.value("reaction")).error(filled.error("reaction")).autocomplete("off"))
            (criticality(filled, "Low, when left out"))
        }
        (actions(inside, opened, "Record"))
    }
}

fn criticality(filled: &Filled, unsaid: &str) -> Markup {
    let mut choices = vec![Choice::new("", unsaid)];
    choices.extend(CRITICALITIES.iter().map(|(code, words)| Choice::new(code, words)));
    let select = Select::new("criticality", "How dangerous", &choices).chosen(filled.value("criticality"));
    html! { (select.error(filled.error("criticality"))) }
}

fn actions(inside: &Inside, opened: &Opened, label: &str) -> Markup {
    let back = inside.to_chart(&opened.banner.identity.id, "summary");
    html! { div.form-actions { (submit(label, Look::Primary)) (link_button("Cancel", &back, Look::Quiet)) } }
}
