//! The hospital in motion: what is due happens, at the hospital's own time.
//!
//! [`step`] does whatever is due: messages are delivered, channels send, an order that lies in the laboratory is
//! reported when its turnaround has passed. [`Driver`] is the thread that keeps every hospital moving.
//!
//! [`play`] lets patients come, be treated and leave, as `hospital::play` has it, through the same commands.
//! [`map`] and [`compare`] show how the systems stand, to each other and to the chart.

mod compare;
mod control;
mod driver;
mod map;
mod play;
mod step;

pub use compare::{Compared, SystemCensus, compare, compare_census};
pub use control::{InterfaceChange, Remedy};
pub use driver::Driver;
pub use hospital::systems::Difference;
pub use map::{HospitalMap, InterfaceView, SystemView, map};
pub(crate) use play::Houses;
pub use step::Stepped;
