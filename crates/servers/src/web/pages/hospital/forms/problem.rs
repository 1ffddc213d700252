use axum::response::Response;
use maud::html;
use platform::ehr::chart::Section;
use platform::ehr::commands::PROBLEM_STATES;

use super::{ChartForm, Filled, Sent, about_part};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::Inside;
use crate::web::ui::{Choice, Field, Look, Select, Takes, link_button, submit};

/// `…/patients/{patient}/problem`: a new one, or with `?problem=ID` one that is seen differently now.
pub(crate) struct AddProblem;

impl ChartForm for AddProblem {
    const COMMAND: &'static str = "add_problem";

    fn command(sent: &Sent) -> &'static str {
        if is_revision(sent) { "revise_problem" } else { Self::COMMAND }
    }

    fn fields(mut sent: Sent, patient: &str) -> Sent {
        if !is_revision(&sent) {
            sent.insert("patient".to_owned(), patient.to_owned());
        }
        sent
    }

    async fn draw(app: &App, inside: &Inside, patient: &str, filled: Filled) -> Result<Response, Fault> {
        shown(app, inside, patient, &filled).await
    }
}

/// Whether a form is about a problem that is on the list, rather than about a new one that has the field too.
fn is_revision(sent: &Sent) -> bool {
    sent.contains_key("problem") && sent.contains_key("status")
}

async fn shown(app: &App, inside: &Inside, patient: &str, filled: &Filled) -> Result<Response, Fault> {
    let is_revised =
        is_revision(&filled.fields) || !filled.is_refused() && !filled.value("problem").is_empty();
    let wanted = filled.value("problem").to_owned();
    let open = about_part(app, inside, patient, Section::Summary, move |chart| {
        Ok(chart.summary()?.problems.into_iter().find(|one| one.id == wanted))
    });
    let (opened, found) = open.await?;
    let back = inside.to_chart(patient, "summary");
    if !is_revised {
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
