//! Authorization requests (OAuth 2.1, 4.1.1; SMART App Launch 2.2, 2.1): which are sound, and where a refusal may go.
//!
//! A refusal goes back to the client only when the client and its address are known beyond doubt. Before that it is
//! shown to the person, and the browser goes nowhere: that is the whole defence against open redirects.

mod request;
#[cfg(test)]
mod tests;

pub use request::{Refused, Request};
