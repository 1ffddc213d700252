//! Bulk data (Bulk Data Access IG, STU 2): a hospital, its patients or a group of them as files of NDJSON.
//!
//! An export is a [`Job`](job::Job): the hospital is frozen when it is asked for, a thread writes the files below the
//! sandbox's folder, and whoever asked looks after it until it is done, fetches the files and deletes them. Stored bytes
//! go out as they are. Everything is forgotten after a while, with the sandbox, and when the server starts again.

mod cancel;
mod fetch;
mod job;
mod level;
mod manifest;
mod ndjson;
mod part;
mod registry;
mod request;
mod start;
mod status;
mod work;

#[cfg(test)]
mod tests;

pub use fetch::ExportFile;
pub use level::Level;
pub(crate) use part::{About, Part, members_of};
pub(crate) use registry::Exports;
pub use status::ExportStatus;
