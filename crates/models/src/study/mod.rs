//! A study of an outcome: who is in it, what became of them, who is held back, and what is wrong with it.
//!
//! The design is that of a prognostic study: somebody enters at an index time, is known by what was recorded until
//! then, and has the outcome if it happens in the time at risk after it (TRIPOD+AI, items 6, 8 and 9; BMJ 2024;385:e078378).
//! People, not rows, are held back: whoever is seen twice is on one side both times.

mod cases;
mod drift;
mod guards;
mod importance;
mod split;

pub use cases::{Case, DAY_US, Event, Labels, RiskTime, label};
pub use drift::{Baseline, Drift, PSI_CHANGED, PSI_MOVED, drift};
pub use guards::{Finding, Guard, Weight, guards};
pub use importance::{Importance, importance};
pub use split::{is_held_out, share_of};
