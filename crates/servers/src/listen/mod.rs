//! Sockets: plain or inside TLS, with a stop that lets requests in flight finish.

mod door;
mod serve;
#[cfg(test)]
mod tests;
mod tls;

pub use serve::serve;
pub use tls::{Clients, Tls, TlsError};
