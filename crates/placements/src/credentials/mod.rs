//! Badges: what a person has shown, as an Open Badges 3.0 credential that anybody can verify.
//!
//! [`badge`] and [`status_list`] are the claims of a credential (W3C Verifiable Credentials Data Model 2.0, secured as a JWT: Open Badges 3.0,
//! section 8.2), and [`unsigned`] the text that is signed. The issuer is a [`did_key`], so a badge can be checked without asking us: the name of the issuer is
//! its public key. Only whether it was withdrawn has to be looked up, in a bit string (W3C Bitstring Status List 1.0).

mod badge;
mod base58;
mod jwt;
mod status;
#[cfg(test)]
mod tests;

pub use badge::{Alignment, Badge, badge};
pub use base58::did_key;
pub use jwt::{joined, key_id, parts, unsigned};
pub use status::{BITS_MIN, bits, status_list};
