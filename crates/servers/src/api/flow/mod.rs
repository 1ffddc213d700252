//! The flow of patients: who comes to the emergency department, rosters and what they do, and how work really went.

mod map;
mod play;
mod roster;
mod routes;

pub(super) use routes::routes;
