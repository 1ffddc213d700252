use axum::response::Response;
use maud::html;

use super::place::place;
use super::{ChartForm, Filled, Opened, Sent, about};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::Inside;
use crate::web::ui::{Icon, Look, empty, link_button, submit};

/// `…/patients/{patient}/transfer`.
pub(crate) struct Transfer;

impl ChartForm for Transfer {
    const COMMAND: &'static str = "transfer";

    fn fields(sent: Sent, _patient: &str) -> Sent {
        sent
    }

    async fn draw(app: &App, inside: &Inside, patient: &str, filled: Filled) -> Result<Response, Fault> {
        Ok(shown(inside, &about(app, inside, patient).await?, &filled))
    }
}

fn shown(inside: &Inside, opened: &Opened, filled: &Filled) -> Response {
    let back = inside.to_chart(&opened.banner.identity.id, "summary");
    let Some(here) = &opened.banner.here else {
        let next = link_button("Back to the chart", &back, Look::Primary);
        let why = "Only somebody who is in the hospital can be moved within it.";
        let nothing = empty(Icon::Bed, "Not in hospital", why, &next);
        return opened.page(inside, filled, "Transfer", "transfer", &nothing);
    };
    let fields = html! {
        p { "Now at " b { (here.label) } ". It stays the same stay; the bed it leaves has to be cleaned." }
        input type="hidden" name="encounter" value=(here.encounter);
        input type="hidden" name="expected_version" value=(here.encounter_version);
        (place(filled, &opened.wards))
        div.form-actions { (submit("Transfer", Look::Primary)) (link_button("Cancel", &back, Look::Quiet)) }
    };
    opened.page(inside, filled, "Transfer", "transfer", &fields)
}
