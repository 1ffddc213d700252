//! Drills: a crisis in a real hospital of somebody's own.
//!
//! [`scenarios`] decides; this module is its [world](ground): it lets the hospital come to each moment, [reads](readings) it,
//! and carries out the [effects](effects) with what everybody's hospital has: interfaces that stop and queue, systems
//! that [fail](failed) and are [served from a copy](standby), measures of the security desk, records that are [locked and brought back](records). How a drill stands is
//! a record in the sandbox's own file, and each of its events a journal entry `drill.*`: there is no other record of it.
//!
//! A drill that is over is seen again as it stood at any moment of its [past].
//!
//! [`Drills`] is the thread that keeps every drill moving; [`verify`] proves scenarios by playing their scripts.

mod driver;
mod effects;
mod error;
mod failed;
mod give;
mod ground;
mod keep;
mod members;
mod network;
#[cfg(test)]
mod over;
mod past;
mod readings;
mod records;
mod shelf;
mod standby;
mod start;
mod travellers;
mod verify;
mod view;
mod wires;
mod world;

pub use driver::Drills;
pub use error::DrillError;
pub use give::Answered;
pub use network::{check_networks, network};
#[cfg(test)]
pub(crate) use over::over;
pub use past::Replay;
pub(crate) use readings::read;
pub use scenarios::model::{Command, Inject, Place, Role, Scenario};
pub use scenarios::network::{Health, HostStanding, LinkStanding, Network, NetworkStanding};
pub use scenarios::record::{AfterAction, Decision, Row, Score, Standing, after_action, score};
pub use scenarios::run::{Busy, Event, MINUTE_US, Offer, Run, What, offers, said_of};
pub use shelf::{check_scenarios, scenario, shelf};
pub use standby::Standby;
pub use start::HowToStart;
pub use store::records::Drill;
pub use travellers::Traveller;
pub use verify::{ScenarioReport, ScriptReport, verify_scenarios};
pub use view::{DrillView, Player, WallRow};
pub(crate) use world::World;
