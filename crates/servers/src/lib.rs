//! The network faces of Practicum.
//!
//! Only this crate knows sockets and HTTP status codes. It asks `platform` for what is decided and stored there, and
//! draws or encodes the answer.

pub mod api;
mod archive_call;
mod base_url;
mod body;
mod came;
#[cfg(unix)]
pub mod control;
pub mod dicom;
mod dicomweb;
mod enrolment;
mod fhir;
mod hands;
mod http_date;
mod identity;
mod kits;
mod ledger;
pub mod listen;
mod live;
mod metrics;
pub mod mllp;
pub mod postgres;
mod posting;
mod problem;
mod proxied;
mod router;
mod security_headers;
mod signed_in;
mod state;
pub mod web;
mod whole_body;
mod wire;

pub use enrolment::Enrolment;
pub use hands::InHouse;
pub use kits::serve_run;
pub use router::router;
pub use state::App;
pub use wire::Wire;
