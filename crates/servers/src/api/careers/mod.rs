//! Mentors and places over the API.

mod couples;
mod matches;
mod mentoring;
mod places;
mod problem;
mod table;

pub(super) use table::routes;
