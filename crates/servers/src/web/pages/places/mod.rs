//! Places at hosts: for learners what there is and what they wish, for education offices who wishes for them, for instructors the match.

mod act;
mod applicants;
mod couple;
mod fault;
mod matching;
mod mine;
mod offer;
mod one_match;
mod routes;

pub(super) use routes::routes;
