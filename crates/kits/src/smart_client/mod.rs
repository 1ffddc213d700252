//! The kit for SMART apps: the run plays a hospital, the app comes to it, and what it sends is looked at.
//!
//! A launch is one [story]: everything that was heard from the app until it has read a record, or kept silent. The first is a
//! good one; the others go wrong on purpose, and then what counts is what the app does not do.

mod judge;
mod kit;
mod launches;
mod play;
mod records;
mod requirements;
mod story;

pub use kit::kit;
