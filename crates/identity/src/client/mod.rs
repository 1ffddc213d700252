//! What a client is, and what it may say of itself when it registers (RFC 7591; SMART App Launch 2.2, sections 4 and 5).

mod metadata;
mod model;
#[cfg(test)]
mod tests;

pub use model::{Authentication, Client, GrantType};
