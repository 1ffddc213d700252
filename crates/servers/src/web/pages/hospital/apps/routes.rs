use axum::Router;
use axum::routing::{get, post};

use super::{acts, launch, page};
use crate::state::App;

/// The pages of apps.
pub(in crate::web::pages::hospital) fn routes() -> Router<App> {
    Router::new()
        .route("/apps", get(page::apps).post(acts::register))
        .route("/apps/remove", post(acts::remove))
        .route("/apps/people", post(acts::add_person))
        .route("/apps/key", post(acts::rotate))
        .route("/patients/{patient}/launch", get(launch::choose).post(launch::send))
}
