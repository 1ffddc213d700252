use axum::response::Response;
use maud::{Markup, html};
use platform::ehr::chart::{Medication, Section};
use platform::ehr::commands::{DECISIONS, OCCASIONS};

use super::{ChartForm, Filled, Sent, about_part};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::Inside;
use crate::web::ui::{Icon, Look, empty, link_button, submit};

/// `…/patients/{patient}/reconcile?at=admission` or `discharge`.
pub(crate) struct Reconcile;

impl ChartForm for Reconcile {
    const COMMAND: &'static str = "reconcile_medications";
    const THEN: &'static str = "orders";

    fn begin(asked: Sent) -> Filled {
        Filled::with(&[("at", asked.get("at").map_or("admission", String::as_str))])
    }

    fn fields(sent: Sent, patient: &str) -> Sent {
        let mut lines = Vec::new();
        for (name, decision) in sent.iter().filter(|(_, decision)| !decision.is_empty()) {
            if let Some(medicine) = name.strip_prefix("decision.") {
                let reason = sent.get(&format!("reason.{medicine}")).map(String::as_str).unwrap_or_default();
                lines.push(format!("{medicine} {decision} {}", reason.trim()));
            }
        }
        Sent::from([
            ("patient".to_owned(), patient.to_owned()),
            ("at".to_owned(), sent.get("at").cloned().unwrap_or_default()),
            ("decisions".to_owned(), lines.join("\n")),
        ])
    }

    async fn draw(app: &App, inside: &Inside, patient: &str, filled: Filled) -> Result<Response, Fault> {
        shown(app, inside, patient, &filled).await
    }
}

async fn shown(app: &App, inside: &Inside, patient: &str, filled: &Filled) -> Result<Response, Fault> {
    let open = about_part(app, inside, patient, Section::Medications, |chart| chart.medications());
    let (opened, mut medicines) = open.await?;
    let at_admission = filled.value("at") != "discharge";
    medicines.retain(|one| one.active && !(at_admission && one.inpatient));
    medicines.sort_by_key(|one| one.inpatient);
    let occasion =
        OCCASIONS.iter().find(|row| row.0 == filled.value("at")).map_or("At admission", |row| row.1);
    let title = format!("Reconcile medicines: {}", occasion.to_lowercase());
    let back = inside.to_chart(patient, "medications");
    if medicines.is_empty() {
        let next = link_button("Back to the chart", &back, Look::Primary);
        let nothing =
            empty(Icon::Pill, "Nothing to reconcile", "No medicine is in force for this patient.", &next);
        return Ok(opened.page(inside, filled, &title, "reconcile", &nothing));
    }
    let fields = html! {
        p.quiet { "Each medicine gets a decision. A change needs the new dose, a stop the reason. What goes on is drafted, and is in force once signed." }
        input type="hidden" name="at" value=(filled.value("at"));
        div.stack id="decisions" { @for one in &medicines { (row(filled, one)) } }
        div.form-actions { (submit("Reconcile", Look::Primary)) (link_button("Cancel", &back, Look::Quiet)) }
    };
    Ok(opened.page(inside, filled, &title, "reconcile", &fields))
}

fn row(filled: &Filled, one: &Medication) -> Markup {
    let (decision, reason) = (format!("decision.{}", one.reference), format!("reason.{}", one.reference));
    let chosen = filled.value(&decision);
    html! {
        fieldset.choices {
            legend {
                (one.name)
                span.quiet { " " (one.dosage.as_deref().unwrap_or("no dose is written")) ", " (if one.inpatient { "ordered here" } else { "taken at home" }) }
            }
            div.form-grid {
                div.field {
                    label for=(decision) { "Decision" }
                    select.control id=(decision) name=(decision) {
                        option value="" { "Choose…" }
                        @for (code, words) in DECISIONS { option value=(code) selected[code == chosen] { (words) } }
                    }
                }
                div.field {
                    label for=(reason) { "New dose, or reason" }
                    input.control id=(reason) name=(reason) type="text" value=(filled.value(&reason)) autocomplete="off";
                }
            }
        }
    }
}
