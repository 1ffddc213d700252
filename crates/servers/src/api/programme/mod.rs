//! The programme's books over the API: cohorts, class lists, the matrix, the gradebook, the outcomes, signs to look at.

mod cohorts;
mod grades;
mod integrity;
mod outcomes;
mod problem;
mod roster;
mod table;

pub(super) use table::routes;
