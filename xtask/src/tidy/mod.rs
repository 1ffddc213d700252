//! A test of the repository itself.
//!
//! Every rule reads the files git knows and returns all its problems, so one run shows everything there is to mend.
//! Rules about the text are tables; the crate graph is the table in ARCHITECTURE.md, so the page and the check
//! cannot drift apart. `cargo test` runs the same rules as `cargo xtask tidy`.

mod command;
mod doors;
mod graph;
mod lengths;
mod links;
mod problem;
mod source;
mod stray;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use command::{check, run};
pub(crate) use problem::Problem;
