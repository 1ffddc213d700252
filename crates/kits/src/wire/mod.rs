//! Talking to somebody else's server, with patience that ends.
//!
//! Each of [`http`], [`mllp`] and [`dicom`] asks one question and gives what came back or a [`Trouble`]: a server that hangs, sends
//! without end, sends people in circles or answers with noise costs at most what [`Limits`] say.

pub mod dicom;
pub mod http;
mod limits;
pub mod mllp;
mod reach;
mod resolve;
mod trouble;

pub use limits::Limits;
pub use reach::Reach;
pub use trouble::Trouble;
