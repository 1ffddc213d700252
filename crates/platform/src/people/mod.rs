//! Who is there: accounts, the ways to sign in, sessions for browsers and tokens for programs.
//!
//! A secret (session cookie, bearer token, sign-in link) is 32 random bytes, shown once and stored as SHA-256; a
//! password is stored as argon2id. Guessing is slowed by [`Throttle`]s, and an unknown login costs an attacker as much
//! time as a wrong password. People may also sign in at a [`Provider`] of their school's. [`People`] is the whole
//! interface: it decides, and `store` remembers.

mod accounts;
mod csrf;
mod demo;
mod error;
mod known;
mod oidc;
pub(crate) mod password;
pub(crate) mod secret;
mod service;
mod sessions;
mod sign_in;
#[cfg(test)]
mod tests;
mod throttle;
mod tokens;

pub use accounts::NewPerson;
pub(crate) use accounts::{STAND_IN_PREFIX, check_account};
pub use csrf::CsrfToken;
pub use demo::{DEMO_LOGINS, Demo};
pub use error::PeopleError;
pub use identity::redirect::is_guarded;
pub use oidc::{Provider, ProviderError, ProviderSettings};
pub use service::People;
pub use sessions::SESSION_SECONDS;
pub use sign_in::SignedIn;
pub use store::records::{Person, PersonId, Role, Token};
pub use throttle::Throttle;
pub use tokens::TOKEN_PREFIX;
