//! Client assertions: a JWT that a client signed with its own key (RFC 7523; SMART App Launch 2.2, section 5).
//!
//! A key says which algorithm it is for, and the header must name the same: so `none`, and a public key taken for a
//! shared secret, are not refused by a list but cannot be expressed. Keys are those that were registered, or stand at the
//! address that was: another address in a header (`jku`) is refused, and keys in it (`jwk`, `x5c`) are not looked at.

mod envelope;
mod key_set;
mod keys;
mod rules;
#[cfg(test)]
mod tests;

pub use key_set::KeySet;
pub use keys::Keys;
pub use rules::{Assertion, Claimed, LIFE_S_MAX, check, claimed};
