use axum::response::Response;
use maud::html;

use super::{ChartForm, Filled, Opened, about};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::Inside;
use crate::web::ui::{Field, Look, Takes, link_button, submit};

/// The signs as the form asks for them: field of the command, label, unit.
const SIGNS: [(&str, &str, &str); 8] = [
    ("systolic", "Systolic pressure", "mmHg"),
    ("diastolic", "Diastolic pressure", "mmHg"),
    ("heart_rate", "Heart rate", "/min"),
    ("respiratory_rate", "Respiratory rate", "/min"),
    ("temperature_c", "Temperature", "°C"),
    ("oxygen_saturation", "Oxygen saturation", "%"),
    ("weight_kg", "Weight", "kg"),
    ("height_cm", "Height", "cm"),
];

/// `…/patients/{patient}/vitals`.
pub(crate) struct Vitals;

impl ChartForm for Vitals {
    const COMMAND: &'static str = "record_vitals";

    async fn draw(app: &App, inside: &Inside, patient: &str, filled: Filled) -> Result<Response, Fault> {
        Ok(shown(inside, &about(app, inside, patient).await?, &filled))
    }
}

fn shown(inside: &Inside, opened: &Opened, filled: &Filled) -> Response {
    let back = inside.to_chart(&opened.banner.identity.id, "summary");
    let fields = html! {
        p.quiet { "Fill in what was measured. Both blood pressures, or neither. It is dated now, by the hospital's clock." }
        div.form-grid {
            @for (name, label, unit) in SIGNS {
                (Field::new(name, label).takes(Takes::Number).unit(unit).value(filled.value(name)).error(filled.error(name)).autocomplete("off"))
            }
        }
        div.form-actions { (submit("Record", Look::Primary)) (link_button("Cancel", &back, Look::Quiet)) }
    };
    opened.page(inside, filled, "Record vital signs", "vitals", &fields)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_form_asks_for_every_sign_the_command_knows() {
        let known: Vec<&str> = platform::ehr::commands::SIGNS.iter().map(|sign| sign.field).collect();
        assert_eq!(super::SIGNS.map(|(field, _, _)| field).as_slice(), known);
    }
}
