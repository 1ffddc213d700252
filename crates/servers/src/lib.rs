//! The network faces of Practicum.
//!
//! Only this crate knows sockets and HTTP status codes. It asks `platform` for what is decided and stored there, and
//! draws or encodes the answer.

pub mod api;
mod base_url;
mod body;
#[cfg(unix)]
pub mod control;
mod fhir;
mod hands;
mod http_date;
pub mod listen;
mod live;
mod metrics;
pub mod mllp;
mod problem;
mod router;
mod security_headers;
mod signed_in;
mod state;
pub mod web;
mod whole_body;

pub use hands::InHouse;
pub use router::router;
pub use state::App;
