//! A model beside the chart: which version answers and how, the answer, and how it does.
//!
//! A deployment is a record of the system [`SYSTEM`] in the sandbox's own file, so that reset, undo and snapshots take it along, and
//! a service at the hook `patient-view` that the chart asks like any other. What it scored is in the journal and nowhere else:
//! the monitor reads it there.

mod advise;
mod deploy;
mod keep;
mod looked;
mod monitor;
mod score;

pub(crate) use advise::{advise, is_deployed, offers};
pub(crate) use deploy::HERE;
pub use keep::{Deployment, Mode, SYSTEM};
pub(crate) use looked::looked;
pub use monitor::{Day, Monitor};
