use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use platform::kits::{KitError, kit, start_kit, stop_kit};
use std::sync::Arc;

use super::begin::{OfKit, draw};
use super::run::OfRun;
use crate::base_url::BaseUrl;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::forms::Fields;
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::said::Said;

/// `POST …/kits/{kit}`: starts a run.
pub(crate) async fn start(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfKit>,
    base: BaseUrl,
    form: Fields,
) -> Result<Response, Fault> {
    let kit = kit(&of.kit)?;
    let mut given = form.fields;
    given.remove("csrf");
    let (inputs, whole) = (given.clone(), Arc::clone(&app.platform));
    let started =
        inside.run(&app, move |_, access| match start_kit(&whole, access, kit.id, &inputs, &base.0) {
            Ok(run) => Ok(Ok(run)),
            Err(KitError::Inputs(problems)) => Ok(Err(problems)),
            Err(KitError::Busy(why)) => Ok(Err(vec![why])),
            Err(other) => Err(other),
        });
    Ok(match started.await? {
        Ok(run) => {
            let at = inside.to(&format!("kits/{}/{run}", kit.id));
            Said::well("The run has begun; its results come as they are found.").at(&at)
        }
        Err(problems) => {
            (StatusCode::UNPROCESSABLE_ENTITY, draw(&inside, kit, &given, &problems)).into_response()
        }
    })
}

/// `POST …/kits/{kit}/{run}/stop`: ends a run before its time.
pub(crate) async fn stop(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfRun>,
    _: Fields,
) -> Result<Response, Fault> {
    let at = inside.to(&format!("kits/{}/{}", of.kit, of.run));
    let stopped =
        inside.run(&app, move |platform, access| Ok::<_, KitError>(stop_kit(platform, access, &of.run)));
    Ok(match stopped.await? {
        true => Said::well("The run stops after the exchange under way.").at(&at),
        false => Said::badly("The run was over already.").at(&at),
    })
}
