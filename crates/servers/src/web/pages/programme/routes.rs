use axum::Router;
use axum::routing::{get, post};

use super::{cohort, cohorts, grade, gradebook, grid, integrity, organisations, outcomes, people, roster};
use crate::state::App;

/// The programme's pages and forms, below `/programme`.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(cohorts::cohorts))
        .route("/cohorts", post(cohorts::add))
        .route("/roster", get(roster::roster).post(roster::take))
        .route("/roster/{version}", get(roster::give))
        .route("/organisations", get(organisations::organisations).post(organisations::add))
        .route("/associates", post(organisations::add_associate))
        .route("/cohorts/{cohort}", get(cohort::cohort))
        .route("/cohorts/{cohort}/matrix", get(grid::fragment))
        .route("/cohorts/{cohort}/people", get(people::people).post(people::enrol))
        .route("/cohorts/{cohort}/people/leave", post(people::leave))
        .route("/cohorts/{cohort}/people/days", post(people::add_days))
        .route("/cohorts/{cohort}/tracks", post(people::assign))
        .route("/cohorts/{cohort}/tracks/remove", post(people::unassign))
        .route("/cohorts/{cohort}/gradebook", get(gradebook::gradebook))
        .route("/cohorts/{cohort}/gradebook.csv", get(gradebook::csv))
        .route("/cohorts/{cohort}/integrity", get(integrity::integrity).post(integrity::decide))
        .route("/cohorts/{cohort}/outcomes", get(outcomes::outcomes))
        .route("/cohorts/{cohort}/gradebook/{person}/{lab}", get(grade::grade).post(grade::change))
}
