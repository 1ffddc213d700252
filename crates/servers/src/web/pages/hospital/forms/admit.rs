use axum::response::Response;
use maud::html;
use platform::ehr::commands::CLASSES;

use super::place::place;
use super::{ChartForm, Filled, Opened, Sent, about};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::words::capital;
use crate::web::ui::{Choice, Field, Look, Select, link_button, submit};

/// `…/patients/{patient}/admit`.
pub(crate) struct Admit;

impl ChartForm for Admit {
    const COMMAND: &'static str = "admit";

    fn begin(_asked: Sent) -> Filled {
        Filled::with(&[("class", "IMP")])
    }

    async fn draw(app: &App, inside: &Inside, patient: &str, filled: Filled) -> Result<Response, Fault> {
        Ok(shown(inside, &about(app, inside, patient).await?, &filled))
    }
}

fn shown(inside: &Inside, opened: &Opened, filled: &Filled) -> Response {
    let labels = CLASSES.map(|(_, display)| capital(display));
    let classes: Vec<Choice<'_>> =
        CLASSES.iter().zip(&labels).map(|((code, _), label)| Choice::new(code, label)).collect();
    let back = inside.to_chart(&opened.banner.identity.id, "summary");
    let fields = html! {
        div.form-grid {
            (place(filled, &opened.wards))
            (Select::new("class", "Class", &classes).chosen(filled.value("class")).error(filled.error("class")))
        }
        (Field::new("reason", "Why the patient comes in").value(filled.value("reason")).error(filled.error("reason")).hint("In words, or as an ICD-10-CM code.").autocomplete("off").required())
        div.form-actions { (submit("Admit", Look::Primary)) (link_button("Cancel", &back, Look::Quiet)) }
    };
    opened.page(inside, filled, "Admit", "admit", &fields)
}
