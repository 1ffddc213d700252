//! The network faces of Practicum.
//!
//! Only this crate knows sockets and HTTP status codes. It asks `platform` for what is decided and stored there, and
//! draws or encodes the answer.

pub mod web;
