//! The one test command.
//!
//! A *step* is a row of the table in `plan.rs`: a name, a title, the steps it needs and a function. The runner goes
//! through them all, keeps each step's output in a file, and ends with one table and one plain line of numbers.
//! A step that cannot run on this machine says `skipped: reason`; it is never counted as passed.

mod browser;
mod call;
mod cargo;
mod clients;
mod counts;
mod fuzz;
mod plan;
mod runner;
mod server;
mod step;
#[cfg(test)]
mod tests;
mod web;

pub(crate) use runner::{list, run};
