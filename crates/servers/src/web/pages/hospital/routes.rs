use axum::Router;
use axum::response::Redirect;
use axum::routing::get;

use super::inside::Inside;
use super::{beds, chart, console, forms, journal, patients};
use crate::state::App;

/// The pages of a hospital, to be nested below the address of an attempt or of a sandbox.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(begin))
        .route("/patients", get(patients::patients))
        .route("/beds", get(beds::beds))
        .route("/fhir", get(console::console))
        .route("/journal", get(journal::journal))
        .route("/register", get(forms::register::form).post(forms::register::send))
        .route("/patients/{patient}", get(chart::begin))
        .route("/patients/{patient}/fhirpath", get(chart::fhirpath::bench).post(chart::fhirpath::attempt))
        .route("/patients/{patient}/{section}", get(chart::section))
        .route("/patients/{patient}/admit", get(forms::admit::form).post(forms::admit::send))
        .route("/patients/{patient}/transfer", get(forms::transfer::form).post(forms::transfer::send))
        .route("/patients/{patient}/discharge", get(forms::discharge::form).post(forms::discharge::send))
        .route("/patients/{patient}/vitals", get(forms::vitals::form).post(forms::vitals::send))
        .route("/patients/{patient}/note", get(forms::note::form).post(forms::note::send))
}

async fn begin(inside: Inside) -> Redirect {
    Redirect::to(&inside.to("patients"))
}
