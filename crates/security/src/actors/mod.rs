//! Who acts in a hospital while its learner works: honest people and systems, and those who attack it.
//!
//! All of it is plans. A [`Ground`] says what the hospital has, [`Scene::care`] what honest people do in a stretch of its time, and
//! a [`Scene`] what an attacker does: what was done before the learner came ([`Scene::past`]), and the [`Route`]s that are
//! tried one after the other, each when the one before is refused. The same routes are played again when the learner says
//! that it is over. An [`Act`] holds no address to dial and no password, only who does what from where and when; whoever
//! plays it supplies both. Everything follows from the seed.
//!
//! [`records_of`] says what the journal would hold of acts, so that rules can be tried on an attack that never happened.

mod act;
mod archive;
mod care;
mod chance;
mod forging;
mod ground;
mod guessing;
mod locking;
mod project;
mod route;
mod scene;
mod snooping;
mod stuffing;
#[cfg(test)]
mod tests;

pub use act::{ARCHIVE, Act, Deed, FEED, Form, PORTAL, WARD_CHART};
pub use care::weight;
pub use chance::Chance;
pub use ground::{Account, Chart, Ground, Order, Role};
pub use project::records_of;
pub use route::{Route, Step};
pub use scene::{Scene, SceneError};
