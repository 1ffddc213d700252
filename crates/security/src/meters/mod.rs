//! How well an incident was handled, in numbers that nobody can argue with.
//!
//! All of them compare what happened with a truth that no log shows: [`score`] of detection per incident, [`minutes`] to
//! each turn, patients [exposed](exposure) by category, [harm] to care, whether the attack still [works](eradicated), and
//! how much of what was damaged is [whole again](recovery).

mod care;
mod detection;
mod exposed;
mod recovered;
#[cfg(test)]
mod tests;
mod times;

pub use care::{Refused, harm};
pub use detection::{Incident, Score, score};
pub use exposed::{Disclosure, exposure};
pub use recovered::{Recovery, Replay, eradicated, recovery};
pub use times::{Minutes, Turns, minutes};
