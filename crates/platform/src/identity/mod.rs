//! The hospital's identity provider: people who sign in, apps that are registered, what was granted, and tokens.
//!
//! The crate `identity` decides; this module loads what it needs, keeps the outcome and journals it in one transaction.
//! Everything is kept in the sandbox itself, as records of the system [`SYSTEM`]: another sandbox cannot know a token, and
//! a reset takes apps and tokens back like everything else. Of secrets only hashes are kept; what must be shown or
//! used again (signing keys, the secrets of authenticator apps) is sealed.

mod apps;
mod authenticate;
mod authenticator;
mod authorize;
mod consent;
mod enter;
mod error;
mod exchange;
mod hold;
mod introspect;
mod keep;
mod key_sets;
mod keys;
mod launch;
mod mint;
mod past;
mod sweep;
mod users;

pub use ::identity::authorize::{Refused, Request};
pub use ::identity::client::{Authentication, Client, GrantType};
pub use ::identity::grant::{Grant, Subject};
pub use ::identity::pkce::challenge_of;
pub use ::identity::scope::{Level, Scope, Scopes};
pub use ::identity::{Code, Refusal, redirect, totp};
pub use apps::Registered;
pub(crate) use apps::registered;
pub use authenticate::Presented;
pub use consent::Agreed;
pub use error::IdentityError;
pub use exchange::{Issued, TokenRequest};
pub(crate) use hold::{drop_codes, end_account, end_client, hold_to_patient, narrow, require_code, widen};
pub use introspect::Introspection;
pub use keep::SYSTEM;
pub use mint::ACCESS_PREFIX;
pub(crate) use past::{PastApp, Peopled, code_of, people, signed_in_before};
pub use users::{NewUser, Session, User};
pub(crate) use users::{accounts, enrol};
