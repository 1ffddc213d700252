use std::time::Duration;

use axum::extract::State;
use axum::response::Redirect;
use serde::Deserialize;

use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::hospital::inside::Inside;

/// A snapshot to take.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct NoFields {}

/// A reason to see restricted charts.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Reason {
    purpose: String,
    reason: String,
}

/// `POST …/lake/snapshot`: begins to take one; the page says how far it is.
pub(super) async fn snapshot(
    State(app): State<App>,
    inside: Inside,
    _form: PageForm<NoFields>,
) -> Result<Redirect, Fault> {
    inside.run(&app, |platform, access| platform.take_lake_snapshot(access, Duration::ZERO)).await?;
    Ok(Redirect::to(&inside.to("lake")))
}

/// `POST …/lake/reason`: opens restricted charts for a while.
pub(super) async fn reason(
    State(app): State<App>,
    inside: Inside,
    form: PageForm<Reason>,
) -> Result<Redirect, Fault> {
    let Reason { purpose, reason } = form.fields;
    let to = format!("{}?purpose={purpose}", inside.to("lake"));
    inside
        .run(&app, move |platform, access| platform.break_lake_glass(access, Some(&purpose), &reason))
        .await?;
    Ok(Redirect::to(&to))
}
