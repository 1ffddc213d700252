use axum::Router;
use axum::routing::{get, post};

use super::{act, agreement, correct, files, list, one, particulars};
use crate::state::App;

/// The pages and forms below `/record`.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(list::list))
        .route("/due.ics", get(files::due))
        .route("/new", get(agreement::form).post(agreement::add))
        .route("/particulars", get(particulars::own).post(particulars::keep))
        .route("/{id}", get(one::show))
        .route("/{id}/write/{deed}", post(act::write))
        .route("/{id}/lines/{line}", get(correct::form))
        .route("/{id}/particulars", post(particulars::look))
        .route("/{id}/hours.csv", get(files::hours))
        .route("/{id}/record.zip", get(files::archive))
}
