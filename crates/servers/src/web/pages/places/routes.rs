use axum::Router;
use axum::routing::{get, post};

use super::{act, applicants, couple, matching, mine, offer, one_match};
use crate::state::App;

/// The pages and forms below `/places`.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(mine::places))
        .route("/wishes", post(act::wish))
        .route("/couples", post(couple::ask))
        .route("/couples/{couple}/agree", post(couple::agree))
        .route("/couples/{couple}/part", post(couple::part))
        .route("/couples/{couple}/wishes", post(couple::wish))
        .route("/documents", post(act::document))
        .route("/documents/check", post(act::check_document))
        .route("/offer", get(offer::offer).post(offer::add))
        .route("/match", get(matching::list).post(matching::run))
        .route("/match/{run}", get(one_match::show))
        .route("/match/{run}/publish", post(matching::publish))
        .route("/match/{run}/override", post(one_match::change))
        .route("/match/{run}/files/{file}", get(matching::file))
        .route("/{place}", get(applicants::applicants))
        .route("/{place}/ranks", post(applicants::rank))
        .route("/{place}/open", post(act::open))
}
