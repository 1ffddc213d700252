use axum::response::Response;
use maud::html;
use platform::ehr::chart::{DoseState, Section, Sheet, VerificationState};
use platform::ehr::commands::{OUTCOMES, UNVERIFIED_REASONS};

use super::{ChartForm, Filled, Opened, Sent, about_part};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::words::moment_words;
use crate::web::ui::{Choice, Field, Look, Select, Takes, Tone, link_button, notice, submit};

/// `…/patients/{patient}/give?order=ID`.
pub(crate) struct Give;

impl ChartForm for Give {
    const COMMAND: &'static str = "administer_medication";
    const THEN: &'static str = "administration";

    fn fields(sent: Sent, _patient: &str) -> Sent {
        sent
    }

    async fn draw(app: &App, inside: &Inside, patient: &str, filled: Filled) -> Result<Response, Fault> {
        let (opened, sheet) = sheet(app, inside, patient, filled.value("order")).await?;
        Ok(shown(inside, &opened, &filled, &sheet))
    }
}

/// Opens the form about one medicine in force.
async fn sheet(app: &App, inside: &Inside, patient: &str, order: &str) -> Result<(Opened, Sheet), Fault> {
    let order = order.to_owned();
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
    let waits = sheet.verification.as_ref().is_some_and(|one| one.state == VerificationState::Waiting);
    let mut urgent = vec![Choice::new("", "It can wait")];
    urgent.extend(UNVERIFIED_REASONS.iter().map(|(code, words)| Choice::new(code, words)));
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
        @if waits {
            (notice(Tone::Warn, Some("No pharmacist has verified this order"), &html! { p { "Wait for the pharmacy, unless the dose cannot wait." } }))
            (Select::new("unverified_reason", "Why it cannot wait", &urgent).chosen(filled.value("unverified_reason")).error(filled.error("unverified_reason")))
        }
        div.form-grid {
            (text("reason", "Why not, if held or refused"))
            (text("override_reason", "Why at another time, or another amount"))
        }
        div.form-actions { (submit("Record", Look::Primary)) (link_button("Cancel", &back, Look::Quiet)) }
    };
    opened.page(inside, filled, "Give a medicine", "give", &fields)
}
