//! The programme's books over the API: cohorts, class lists, the matrix, the gradebook.

mod cohorts;
mod grades;
mod problem;
mod roster;
mod table;

pub(super) use table::routes;
