use axum::response::Response;
use maud::html;
use platform::ehr::chart::Section;

use super::{ChartForm, Filled, Sent, about_part};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::chart::{measured_at, value};
use crate::web::pages::hospital::inside::Inside;
use crate::web::ui::{Field, Look, facts, link_button, submit};

/// `…/patients/{patient}/acknowledge?observation=ID`.
pub(crate) struct Acknowledge;

impl ChartForm for Acknowledge {
    const COMMAND: &'static str = "acknowledge_result";
    const THEN: &'static str = "results";

    fn fields(sent: Sent, _patient: &str) -> Sent {
        sent
    }

    async fn draw(app: &App, inside: &Inside, patient: &str, filled: Filled) -> Result<Response, Fault> {
        shown(app, inside, patient, &filled).await
    }
}

async fn shown(app: &App, inside: &Inside, patient: &str, filled: &Filled) -> Result<Response, Fault> {
    let wanted = filled.value("observation").to_owned();
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
