use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::response::Redirect;
use axum::routing::{get, post};

use super::inside::Inside;
use super::{beds, build, chart, console, engine, forms, in_basket, journal, patients, refused, role};
use crate::state::App;

/// The pages of a hospital, to be nested below the address of an attempt or of a sandbox.
pub(crate) fn routes(app: &App) -> Router<App> {
    Router::new()
        .route("/", get(begin))
        .route("/role", post(role::send))
        .route("/patients", get(patients::patients))
        .route("/beds", get(beds::beds).post(beds::send))
        .route("/in-basket", get(in_basket::in_basket))
        .merge(build::routes())
        .merge(engine::routes())
        .route("/fhir", get(console::console))
        .route("/journal", get(journal::journal))
        .route("/register", get(forms::register::form).post(forms::register::send))
        .route("/patients/{patient}", get(chart::begin))
        .route("/patients/{patient}/fhirpath", get(chart::fhirpath::bench).post(chart::fhirpath::attempt))
        .route("/patients/{patient}/{section}", get(chart::section))
        .route(
            "/patients/{patient}/break-glass",
            get(forms::break_glass::form).post(forms::break_glass::send),
        )
        .route("/patients/{patient}/merge", get(forms::merge::form).post(forms::merge::send))
        .route("/patients/{patient}/unmerge", get(forms::unmerge::form).post(forms::unmerge::send))
        .route("/patients/{patient}/admit", get(forms::admit::form).post(forms::admit::send))
        .route("/patients/{patient}/transfer", get(forms::transfer::form).post(forms::transfer::send))
        .route("/patients/{patient}/discharge", get(forms::discharge::form).post(forms::discharge::send))
        .route("/patients/{patient}/vitals", get(forms::vitals::form).post(forms::vitals::send))
        .route("/patients/{patient}/order", get(forms::order::form).post(forms::order::send))
        .route("/patients/{patient}/order-set", get(forms::order_set::form).post(forms::order_set::send))
        .route("/patients/{patient}/sign", post(forms::sign::send))
        .route("/patients/{patient}/end-order", get(forms::end_order::form).post(forms::end_order::send))
        .route("/patients/{patient}/result", get(forms::result::form).post(forms::result::send))
        .route(
            "/patients/{patient}/acknowledge",
            get(forms::acknowledge::form).post(forms::acknowledge::send),
        )
        .route("/patients/{patient}/give", get(forms::give::form).post(forms::give::send))
        .route("/patients/{patient}/reconcile", get(forms::reconcile::form).post(forms::reconcile::send))
        .route("/patients/{patient}/allergy", get(forms::allergy::form).post(forms::allergy::send))
        .route("/patients/{patient}/problem", get(forms::problem::form).post(forms::problem::send))
        .route("/patients/{patient}/note", get(forms::note::form).post(forms::note::send))
        .layer(from_fn_with_state(app.clone(), refused::redraw))
}

async fn begin(inside: Inside) -> Redirect {
    Redirect::to(&inside.to("patients"))
}
