//! The hospital as systems that talk to each other.
//!
//! What the chart's commands do is told to the other systems: [`told`] queues messages in the transaction of the change
//! itself, [`deliver`] hands the first of each queue to its receiver and writes down what became of it, and [`step`] does
//! that until nothing is due at the hospital's own time. A system's own time comes too: an order that lies in the laboratory
//! is reported when its turnaround has passed. [`Driver`] is the thread that keeps every hospital moving.
//!
//! [`play`] lets patients come, be treated and leave, as `hospital::play` has it, through the same commands.
//!
//! Which interfaces there are is content ([`topology`]); what a system believes and does is in `hospital::systems`.

mod begin;
mod chart;
mod compare;
mod control;
mod deliver;
mod driver;
mod holdings;
mod map;
mod messages;
mod play;
mod queue;
mod step;
mod told;
mod topology;
mod transit;

pub use compare::{Compared, SystemCensus, compare, compare_census};
pub use control::InterfaceChange;
pub use driver::Driver;
pub use map::{HospitalMap, InterfaceView, SystemView, map};
pub(crate) use messages::accepted;
pub use messages::{MessageView, messages};
pub(crate) use play::Houses;
pub use step::Stepped;
pub(crate) use told::{prepare, tell};
pub use topology::{check_hospitals, topology};
pub(crate) use transit::place;
