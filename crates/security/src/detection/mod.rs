//! Telling an attack from a day's work: Sigma rules over signals.
//!
//! [`read`] turns a text of rules and correlations into [`Rules`], or into problems that each stand at a line and column;
//! it refuses what could cost without bound or would fire on everything. A [`Detector`] feeds signals through the rules
//! in the order they happened, and [`Alerts`] keeps one alert for what goes on and on.

mod alerts;
mod detector;
mod guard;
mod locate;
mod read;
#[cfg(test)]
mod tests;

pub use alerts::{Alert, Alerts};
pub use detector::{Detector, Hit};
pub use locate::Problem;
pub use read::{Rules, read};
