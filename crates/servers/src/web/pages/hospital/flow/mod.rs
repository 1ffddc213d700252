//! Flow: who comes to the emergency department, the roster that meets them, what it would do, and how work really went.

mod page;
mod played;
mod process;
mod rota;
mod routes;
mod send;
mod words;

pub(super) use routes::routes;
