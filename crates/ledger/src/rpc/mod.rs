//! Ethereum's JSON-RPC (execution-apis, read November 2026): how wallets and libraries talk to a chain.
//!
//! [`answer`] takes one request and gives its answer as values. It mines nothing and keeps nothing: a transaction that is
//! sent goes to the chain's pool, and the caller decides when a block is made. Filters are kept in a [`Filters`].

mod answer;
mod blocks;
mod contracts;
mod error;
mod filters;
mod given;
mod logs;
mod send;
mod shown;
mod trace;

pub use answer::{Asked, answer, sends};
pub use error::RpcError;
pub use filters::Filters;

#[cfg(test)]
mod tests;
