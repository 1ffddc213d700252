use axum::Router;
use axum::middleware::from_fn;
use axum::routing::{get, post};

use super::{
    assessments, asset, attempt, class, drills, enrol, fault, home, hospital, lab, mentoring, places,
    portfolio, programme, projects, readiness, record, said, sandboxes, sign_in, sign_in_oidc, tokens,
    tracks, workshops,
};
use crate::state::App;

/// Every page and every form.
pub(crate) fn routes(app: &App) -> Router<App> {
    Router::new()
        .route("/", get(home::home))
        .route("/sign-in", get(sign_in::page).post(sign_in::sign_in))
        .route("/sign-in/oidc", get(sign_in_oidc::go))
        .route("/sign-in/oidc/back", get(sign_in_oidc::back))
        .route("/sign-in/{secret}", get(sign_in::by_link))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/tracks", get(tracks::tracks))
        .route("/tracks/{slug}", get(tracks::track))
        .route("/labs/{slug}", get(lab::lab))
        .route("/labs/{slug}/start", post(lab::start))
        .route("/attempts/{attempt}/events", get(attempt::events))
        .route("/attempts/{attempt}/check", post(attempt::check))
        .route("/attempts/{attempt}/answer", post(attempt::answer))
        .route("/attempts/{attempt}/hint", post(attempt::hint))
        .route("/attempts/{attempt}/undo", post(attempt::undo))
        .route("/attempts/{attempt}/reset", post(attempt::reset))
        .route("/attempts/{attempt}/replay", get(attempt::replay))
        .nest("/attempts/{attempt}", hospital::routes(app))
        .route("/sandboxes", get(sandboxes::list).post(sandboxes::start))
        .route("/sandboxes/{sandbox}/undo", post(sandboxes::undo))
        .route("/sandboxes/{sandbox}/reset", post(sandboxes::reset))
        .route("/sandboxes/{sandbox}/snapshots", post(sandboxes::keep))
        .route("/sandboxes/{sandbox}/return", post(sandboxes::return_to))
        .route("/sandboxes/{sandbox}/delete", post(sandboxes::delete))
        .nest("/sandboxes/{sandbox}", hospital::routes(app))
        .route("/class", get(class::class))
        .route("/class/people", post(class::add))
        .route("/class/{person}", get(class::learner))
        .route("/class/{person}/link", post(class::link))
        .route("/class/{person}/erase", post(class::erase))
        .route("/enrol", get(enrol::enrol))
        .route("/enrol/authority.crt", get(enrol::authority))
        .nest("/drills", drills::routes())
        .nest("/workshops", workshops::routes())
        .nest("/projects", projects::routes())
        .nest("/programme", programme::routes())
        .nest("/mentoring", mentoring::routes())
        .nest("/places", places::routes())
        .nest("/record", record::routes())
        .nest("/readiness", readiness::routes())
        .nest("/assessments", assessments::routes())
        .route("/shown/{token}", get(readiness::shown))
        .route("/me/tokens", get(tokens::tokens).post(tokens::make))
        .route("/me/tokens/withdraw", post(tokens::withdraw))
        .route("/portfolio", get(portfolio::mine))
        .route("/portfolio/badges", post(portfolio::make))
        .route("/credentials", get(portfolio::check_page).post(portfolio::check))
        .route("/credentials/status", get(portfolio::status))
        .route("/credentials/{id}", get(portfolio::badge))
        .route("/credentials/{id}/badge.jwt", get(portfolio::token))
        .route("/credentials/{id}/badge.svg", get(portfolio::baked))
        .route("/credentials/{id}/withdraw", post(portfolio::withdraw))
        .route("/assets/{file}", get(asset::asset))
        .fallback(fault::no_such_page)
        .layer(from_fn(said::once))
}
