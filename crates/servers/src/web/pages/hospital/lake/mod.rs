//! Data: a hospital's tables, and cells of SQL about them, each with its answer and a simple chart below it.

mod answer;
mod bench;
mod cell;
mod drawn;
mod routes;
mod saved;
mod send;
mod side;

pub(super) use routes::routes;
