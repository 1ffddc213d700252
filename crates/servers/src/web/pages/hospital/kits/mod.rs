//! Test kits: whether a server keeps a standard, tried from within a hospital.
//!
//! The list has what can be tried and what was; a kit says what it needs before it starts; a run shows each result as it comes, with
//! what was never seen and the exchanges it rests on, and gives its report to take away.

mod act;
mod begin;
mod exchange;
mod list;
mod report;
mod routes;
mod run;
mod tree;

pub(super) use routes::routes;
