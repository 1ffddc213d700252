//! The kit for servers of SMART App Launch: discovery, authorization with a person, tokens and what they open, and backend
//! services.
//!
//! A person is needed where a person must agree: the run then waits, having said which address to open, until the browser comes
//! back. A server that lets its test client in without asking is not waited for. Whatever the kit sends wrongly on purpose
//! is refused by a good server before anybody is asked.

mod access;
mod ask;
mod authorize;
mod backend;
mod discovery;
mod ehr;
mod id_token;
mod jwt;
mod kit;
mod launch;
mod refresh;
mod requirements;

pub(crate) use ask::secret;
pub use jwt::is_signed_by;
pub use kit::kit;
