//! How patients flow through a hospital, and what is done so that they wait less.
//!
//! [`simulate`] plays an emergency department: who comes when, who is seen by whom, and how long everybody waits.
//! [`roster`] says how many people each hour needs, and which shifts give them at least cost. [`mining`] reads out of what
//! was recorded how the work really went.
//!
//! Nothing here reads a file, a clock, a socket or a random source: a seed and times are arguments, and the same seed gives the
//! same week.

pub mod mining;
mod problem;
mod quantile;
pub mod roster;
pub mod simulate;
mod week;

pub use problem::FlowError;
pub use week::{DAYS, HOURS, hour_name};
