use axum::response::Response;
use maud::{Markup, html};
use platform::cds_client::Hook;
use platform::ehr::commands::DISPOSITIONS;

use super::{ChartForm, Filled, Opened, Sent, about};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::advice::place;
use crate::web::pages::hospital::inside::Inside;
use crate::web::ui::{Choice, Icon, Look, Select, empty, link_button, submit};

/// `…/patients/{patient}/discharge`.
pub(crate) struct Discharge;

impl ChartForm for Discharge {
    const COMMAND: &'static str = "discharge";

    fn fields(sent: Sent, _patient: &str) -> Sent {
        sent
    }

    async fn draw(app: &App, inside: &Inside, patient: &str, filled: Filled) -> Result<Response, Fault> {
        let advice = place(app, inside, patient, Hook::EncounterDischarge, "").await?;
        Ok(shown(inside, &about(app, inside, patient).await?, &filled, &advice))
    }
}

fn shown(inside: &Inside, opened: &Opened, filled: &Filled, advice: &Markup) -> Response {
    let back = inside.to_chart(&opened.banner.identity.id, "summary");
    let Some(here) = &opened.banner.here else {
        let next = link_button("Back to the chart", &back, Look::Primary);
        let nothing = empty(Icon::Leave, "Not in hospital", "There is no stay that could end.", &next);
        return opened.page(inside, filled, "Discharge", "discharge", &nothing);
    };
    let mut ways = vec![Choice::new("", "Choose…")];
    ways.extend(DISPOSITIONS.iter().map(|(code, display)| Choice::new(code, display)));
    let disposition = Select::new("disposition", "Goes to", &ways)
        .chosen(filled.value("disposition"))
        .error(filled.error("disposition"))
        .required();
    let fields = html! {
        p { "The stay at " b { (here.label) } " ends now, and the bed waits to be cleaned. The stay remains in the record." }
        input type="hidden" name="encounter" value=(here.encounter);
        input type="hidden" name="expected_version" value=(here.encounter_version);
        (disposition)
        div.form-actions { (submit("Discharge", Look::Primary)) (link_button("Cancel", &back, Look::Quiet)) }
    };
    opened.page_below(inside, filled, "Discharge", "discharge", &fields, advice)
}
