use axum::Router;
use axum::routing::{get, post};

use super::{asset, fault, home, sign_in};
use crate::state::App;

/// Every page and every form.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(home::home))
        .route("/sign-in", get(sign_in::page).post(sign_in::sign_in))
        .route("/sign-in/{secret}", get(sign_in::by_link))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/assets/{file}", get(asset::asset))
        .fallback(fault::no_such_page)
}
