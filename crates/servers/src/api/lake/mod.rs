//! The data lake: snapshots, questions about them, and who may ask.

mod answer;
mod policy;
mod questions;
mod release;
mod routes;
mod snapshots;
mod sql;

pub(super) use routes::routes;
