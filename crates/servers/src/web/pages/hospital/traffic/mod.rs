//! Traffic: what systems said to each other in this hospital, in a list, taken apart, and drawn.

mod asked;
mod diagram;
mod exchange;
mod list;
mod routes;

pub(super) use routes::routes;
