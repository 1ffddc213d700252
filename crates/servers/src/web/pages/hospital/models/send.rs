use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;

use super::one::{Named, mode_of};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::said::Said;

/// Nothing to be told.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct NoFields {}

/// How a version is to answer.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Deploying {
    version: u32,
    mode: String,
    threshold: String,
}

/// `POST …/models/of/{name}/deploy`.
pub(super) async fn deploy(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<Named>,
    form: PageForm<Deploying>,
) -> Result<Response, Fault> {
    let Deploying { version, mode, threshold } = form.fields;
    let threshold: f64 = threshold
        .trim()
        .parse()
        .map_err(|_| Fault::Refused(format!("The threshold is '{threshold:.30}', which is no number.")))?;
    let back = inside.to(&format!("models/of/{}/{version}", of.name));
    let done = inside
        .run(&app, move |platform, access| {
            platform.deploy_model(access, &of.name, version, mode_of(&mode), threshold / 100.0)
        })
        .await?;
    Ok(Said::well(format!("Version {} answers from now on, {}.", done.version, done.mode.word())).at(&back))
}

/// `POST …/models/of/{name}/roll-back`.
pub(super) async fn roll_back(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<Named>,
    _form: PageForm<NoFields>,
) -> Result<Response, Fault> {
    let name = of.name.clone();
    let done = inside.run(&app, move |platform, access| platform.roll_model_back(access, &name)).await?;
    let back = inside.to(&format!("models/of/{}/{}", of.name, done.version));
    Ok(Said::well(format!("Version {} answers again.", done.version)).at(&back))
}

/// `POST …/models/of/{name}/withdraw`.
pub(super) async fn withdraw(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<Named>,
    _form: PageForm<NoFields>,
) -> Result<Response, Fault> {
    let back = inside.to(&format!("models/of/{}", of.name));
    inside.run(&app, move |platform, access| platform.withdraw_model(access, &of.name)).await?;
    Ok(Said::well("No chart asks the model from now on.".to_owned()).at(&back))
}

/// `POST …/models/of/{name}/remove`.
pub(super) async fn remove(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<Named>,
    _form: PageForm<NoFields>,
) -> Result<Response, Fault> {
    inside.run(&app, move |platform, access| platform.remove_model(access, &of.name)).await?;
    Ok(Said::well("The model is gone.".to_owned()).at(&inside.to("models")))
}
