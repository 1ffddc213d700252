//! Refresh tokens in families: each is good for one exchange, and one used twice ends them all.

mod family;
#[cfg(test)]
mod tests;

pub use family::{Exchange, Family};
