//! Assessments on the first and the last day: the forms, and afterwards what was right and why.

mod fault;
mod form;
mod list;
mod routes;

pub(super) use routes::routes;
