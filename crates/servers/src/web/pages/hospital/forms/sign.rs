use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};

use super::{Fields, run};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::chart::{OfPatient, orders_page};
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::said::Said;

/// `POST …/patients/{patient}/sign`: signs the ticked drafts. What rules say against it is shown where they are listed.
pub(crate) async fn send(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
    form: Fields,
) -> Result<Response, Fault> {
    let inside = inside.with_chart(&of.patient);
    let sent = form.fields;
    let ticked: Vec<&str> = sent.keys().filter_map(|name| name.strip_prefix("order.")).collect();
    let fields = BTreeMap::from([
        ("patient".to_owned(), of.patient.clone()),
        // An empty list would mean every draft; a comma means none.
        ("orders".to_owned(), if ticked.is_empty() { ",".to_owned() } else { ticked.join(" ") }),
        ("override_reason".to_owned(), sent.get("override_reason").cloned().unwrap_or_default()),
    ]);
    match run(&app, &inside, "sign_orders", fields).await? {
        Ok(done) => Ok(Said::well(done.message).at(&inside.to_chart(&of.patient, "orders"))),
        Err(filled) => {
            orders_page(&app, &inside, &of.patient, &filled).await.map(IntoResponse::into_response)
        }
    }
}
