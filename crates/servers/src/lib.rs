//! The network faces of Practicum.
//!
//! Only this crate knows sockets and HTTP status codes. It asks `platform` for what is decided and stored there, and
//! draws or encodes the answer.

mod base_url;
mod body;
mod fhir;
mod http_date;
mod metrics;
mod problem;
mod router;
mod signed_in;
mod state;
pub mod listen;
pub mod web;

pub use router::router;
pub use state::App;
