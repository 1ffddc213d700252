//! Signing in at somebody else's provider: OpenID Connect Core 1.0 from the side of who relies on it, by the code flow with PKCE.
//!
//! [`Metadata`] is what the provider says of itself, [`request`] where a browser is sent, [`redemption`] what is
//! asked with the code that it brings back, [`id_token`] who it is. Keys are those of
//! RS256, which every provider has, and ES256.

mod keys;
mod metadata;
mod request;
#[cfg(test)]
mod tests;
mod token;

pub use keys::ProviderKeys;
pub use metadata::Metadata;
pub use request::{Challenge, redemption, request};
pub use token::{Claims, Expected, id_token};
