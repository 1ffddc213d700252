//! What an operator can choose, from three places: a TOML file, the environment, and the command line; the later wins.
//!
//! Two steps. [`Raw`] gathers text from all places and remembers where each piece came from; [`Config`] is the
//! checked result, made once at the start. Nothing is guessed: unknown names are refused, and every problem is
//! reported at once with its place. `practicum config` prints the effective one.

mod checked;
mod effective;
mod error;
mod keys;
mod raw;
mod sources;
#[cfg(test)]
mod tests;

pub use checked::{Config, Demo, LogFormat, Oidc, TlsFiles};
pub use effective::{to_json, to_toml};
pub use error::{ConfigError, Problem};
pub use keys::Key;
pub use raw::{Origin, Raw};
pub use sources::gather;
