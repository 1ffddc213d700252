//! Resources as bytes with an identity.
//!
//! A stored resource is what the client sent, byte for byte, except for the three things that are
//! the server's to say: its id, its version and when it was last updated. [`stamp`] writes them into
//! the client's own text; white space, order, number formats and escapes stay as they came.

mod identity;
mod scan;
mod stamp;
#[cfg(test)]
mod tests;

pub use identity::{identity, is_id, resource_type};
pub use stamp::{Stamp, stamp};
