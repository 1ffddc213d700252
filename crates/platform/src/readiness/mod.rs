//! Readiness: how far somebody is for a job, with the work behind it and the words of who supervised them, and links by which they show it.
//!
//! What a job asks for is a dated file; how somebody stands to it is computed from the same attempts as the portfolio each time it is looked at. A
//! learner shows it by a link of their own making, which ends, which they may withdraw, and whose every use they see. There is no single score.

mod error;
mod jobs;
mod links;
mod shown;

pub use error::ReadinessError;
pub(crate) use jobs::check_jobs;
pub use jobs::{job, jobs};
pub use links::Shown;
pub use placements::readiness::{Job, State};
pub use shown::{About, Needed, Readiness, Said};
pub use store::records::{ReadinessLink, ReadinessLook};
