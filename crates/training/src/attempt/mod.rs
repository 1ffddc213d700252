//! One learner's try at a lab: what they meet, how far they are, what help costs.
//!
//! A [`Seed`] is a keyed hash of learner, lab and attempt number; everything that varies hangs on it, so the same
//! attempt can be made again at any time and two learners never meet the same patients by plan. [`resolve`] makes the
//! values; [`settle`] turns a fresh verdict and what was known before into the state of a check; [`progress`] says what
//! is green and whether the lab is finished; [`offer`] prices the next hint in this lab's own evidence; [`reset`] says
//! what goes and what stays at each of the four grains.

mod hints;
mod people;
mod progress;
mod reset;
mod resolve;
mod seed;
mod view;

pub use hints::{HINTS_FREE_AFTER, Offer, RUNG_NAMES, Refusal, hint_price, offer};
pub use people::Person;
pub use progress::{CheckState, Clock, Progress, StepProgress, TRAP_PRICE, progress, settle};
pub use reset::{Grain, ResetPlan, Restore, reset, step_snapshot};
pub use resolve::{ResolveError, fault_values, resolve};
pub use seed::{Seed, choose_variant};
pub use view::{fields_of, view};
