//! What contracts are asked and what they tell, in words: Solidity's ABI (Contract ABI Specification 0.8, read November 2026).
//!
//! A [`Signature`] writes a call from texts and reads what came back. An [`Interface`] is what a compiler says of a contract:
//! with it calls, events and errors on a chain become names and values.

mod fault;
mod interface;
mod signature;
mod words;

pub use fault::AbiFault;
pub use interface::{Interface, Told};
pub use signature::Signature;

#[cfg(test)]
mod tests;
