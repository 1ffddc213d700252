use axum::response::Response;
use maud::{Markup, html};
use platform::ehr::commands::{ALLERGY_STATES, CRITICALITIES, SUBSTANCES};

use super::{ChartForm, Filled, Opened, Sent, about};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::Inside;
use crate::web::ui::{Choice, Field, Look, Select, link_button, submit};

/// `…/patients/{patient}/allergy`: a new one, or with `?allergy=ID` one that is seen differently now.
pub(crate) struct RecordAllergy;

impl ChartForm for RecordAllergy {
    const COMMAND: &'static str = "record_allergy";

    fn command(sent: &Sent) -> &'static str {
        if sent.contains_key("allergy") { "revise_allergy" } else { Self::COMMAND }
    }

    fn fields(mut sent: Sent, patient: &str) -> Sent {
        if !sent.contains_key("allergy") {
            sent.insert("patient".to_owned(), patient.to_owned());
        }
        sent
    }

    async fn draw(app: &App, inside: &Inside, patient: &str, filled: Filled) -> Result<Response, Fault> {
        shown(inside, &about(app, inside, patient).await?, &filled)
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
