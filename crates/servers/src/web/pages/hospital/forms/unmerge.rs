use axum::response::Response;
use maud::html;

use super::{ChartForm, Filled, Opened, Sent, about};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::Inside;
use crate::web::ui::{Field, Look, Tone, link_button, notice, submit};

/// `…/patients/{patient}/unmerge`: takes back the merge by which this chart was retired.
pub(crate) struct Unmerge;

impl ChartForm for Unmerge {
    const COMMAND: &'static str = "unmerge_patients";

    fn fields(mut sent: Sent, patient: &str) -> Sent {
        sent.insert("retired".to_owned(), patient.to_owned());
        sent
    }

    async fn draw(app: &App, inside: &Inside, patient: &str, filled: Filled) -> Result<Response, Fault> {
        Ok(shown(inside, &about(app, inside, patient).await?, &filled))
    }
}

fn shown(inside: &Inside, opened: &Opened, filled: &Filled) -> Response {
    let words = html! { p { "Puts back what the merge moved, and nothing else: what was written since stays where it is." } };
    let fields = html! {
        div #retired { (notice(Tone::Info, None, &words)) }
        (Field::new("reason", "Why the charts are of two people").value(filled.value("reason")).error(filled.error("reason")).autocomplete("off").required())
        div.form-actions { (submit("Take the merge back", Look::Primary)) (link_button("Cancel", &inside.to_chart(&opened.banner.identity.id, "summary"), Look::Quiet)) }
    };
    opened.page(inside, filled, "Unmerge", "unmerge", &fields)
}
