//! The identity provider and the tokens of apps: the whole way in, every wrong way, and how far a token reaches.

mod keys;
mod people;
mod reach;
mod role;
mod walk;
mod wire;
mod wrong;

pub(crate) use walk::{App, VERIFIER, encoded};
