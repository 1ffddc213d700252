//! Mentoring: finding a mentor, being one, sessions, and looking into a learner's hospital; for instructors, the pairing.

mod act;
mod fault;
mod guests;
mod mine;
mod pairing;
mod profile;
mod routes;
mod sent;
mod sessions;

pub(super) use routes::routes;
