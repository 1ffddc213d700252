//! Apprenticeships and readiness over the API.

mod apprenticeships;
mod problem;
mod readiness;
mod table;

pub(super) use table::routes;
