//! A house in motion.
//!
//! [`LiveHospital`] holds the walks of everybody in the house and one queue of what comes next. Whoever calls it says how
//! far time has come and hears what has happened since. Beds, scanners, theatres and triage nurses are few; who finds none
//! waits in line. It reads no clock and asks nobody: the same settings, commands and times give the same hospital.

mod arrivals;
mod beds;
mod benches;
mod charges;
mod command;
mod hear;
mod house;
mod obey;
mod settings;
mod snapshot;
mod walks;

pub(crate) use beds::Beds;
pub(crate) use benches::Benches;
pub use benches::Resource;
pub use command::{Command, Logged, Refused};
pub use house::LiveHospital;
pub use settings::LiveSettings;
pub use snapshot::{Snapshot, SnapshotError};
pub use walks::Lying;
