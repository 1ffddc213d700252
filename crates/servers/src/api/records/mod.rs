//! Apprenticeships, readiness and assessments over the API.

mod apprenticeships;
mod assessments;
mod problem;
mod readiness;
mod table;

pub(super) use table::routes;
