//! The programme's books over the API: cohorts, class lists, the matrix, the gradebook, the outcomes.

mod cohorts;
mod grades;
mod outcomes;
mod problem;
mod roster;
mod table;

pub(super) use table::routes;
