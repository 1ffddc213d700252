use axum::Router;
use axum::routing::{get, post};

use super::{answer, shown};
use crate::state::App;

/// The addresses of advice about a patient.
pub(in crate::web::pages::hospital) fn routes() -> Router<App> {
    Router::new()
        .route("/patients/{patient}/advice", get(shown::shown))
        .route("/patients/{patient}/advice/answer", post(answer::send))
}
