//! The data lake by the wire of PostgreSQL (protocol 3.0): psql, pandas, R and whatever else speaks it.
//!
//! The database is the sandbox, the password a bearer token of the person; the name of the user is theirs to choose. The
//! role is the one worked as in the hospital, the purpose is chosen with `SET purpose`. A connection only reads: every
//! question goes the way of all, through [`platform::lake`], and answers that would be cut are refused, since no client could
//! tell. Passwords cross in the clear, so that this listens on this machine only.

mod backend;
mod parameters;
mod questions;
mod refusal;
mod rows;
mod serve;
mod session;
mod settings;

pub use serve::serve;
