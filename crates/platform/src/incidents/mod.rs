//! Incidents: people who are played in a learner's hospital, honest and other, and what came of it.
//!
//! [`security::actors`] plans; this module gives the plans ground, plays them and keeps what only it may know. What happened
//! before the learner came is [placed] through the use cases themselves, each at its time, when the lab starts. What
//! happens afterwards is [played](live) through [`Hands`](crate::labs::Hands), the same doors as everybody's. The [truth] about
//! who is who lies in the platform's records: a sandbox's file, its journal and its learner never see it. The meters of
//! [`security::meters`] are [read](measure) from the two.

mod declare;
mod driver;
mod key;
mod live;
mod measure;
mod mended;
mod orders;
mod place;
mod rules;
mod survey;
mod truth;
mod walk;

pub use declare::{Declared, declare};
pub use driver::Actors;
pub use key::PlayKey;
pub use live::Held;
pub(crate) use measure::measured;
pub(crate) use place::place;
pub use rules::{IN_FORCE, Kept, Trial, keep_rule, last_trial, turn_rule};
pub(crate) use truth::turn_back;
pub(crate) use walk::amended;
