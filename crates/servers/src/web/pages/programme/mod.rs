//! The programme's books, for instructors: cohorts, class lists, organisations; of each cohort its matrix, its gradebook, its outcomes, its people and tracks.

mod cohort;
mod cohorts;
mod fault;
mod frame;
mod grade;
mod gradebook;
mod grid;
mod integrity;
mod organisations;
mod outcomes;
mod people;
mod roster;
mod routes;

pub(super) use routes::routes;
