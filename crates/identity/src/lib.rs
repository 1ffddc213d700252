//! OAuth 2.1, OIDC and SMART App Launch 2.2 as decisions.
//!
//! What a client may be, which request is sound, what a scope covers, what becomes of a token: each is a function of
//! what is passed in. Nothing here stores, sends or looks at a clock; `platform` does, and asks here first. Cryptography
//! is that of `ring`: this crate reads the envelopes and says which key and which algorithm may be meant.

pub mod assertion;
pub mod authorize;
pub mod client;
pub mod grant;
pub mod oidc;
pub mod pkce;
pub mod redirect;
mod refusal;
pub mod scope;
pub mod signing;
pub mod token;
pub mod totp;

pub use refusal::{Code, Refusal};
