//! What people do with whole hospitals: start one, reset it, keep and return to its past, move its clock, read its
//! journal. One use case a file.

mod clock;
mod enter;
mod follow;
mod journal;
mod list;
mod past;
mod start;

pub(crate) use clock::starting_at;
pub use clock::{ClockChange, clock_of};
pub use enter::SandboxError;
pub use follow::Follower;
pub(crate) use past::{BEGUN, begun_seq};
pub use start::SandboxSummary;
pub use store::journal::{Entry, Filter};
pub use store::records::SandboxRecord;
