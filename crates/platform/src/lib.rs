//! Use cases: load, decide, save, record.
//!
//! [`Platform`] is a whole teaching hospital without its network faces. Each use case is one file:
//! it loads what it needs from `store`, lets a pure crate decide, saves the outcome, and leaves a journal entry in the
//! same transaction. Everything here runs to its end in the calling thread; faces decide where that is.

pub mod access;
pub mod backup;
pub mod clock;
pub mod content;
pub mod ehr;
pub mod entropy;
pub mod exports;
pub mod fhir;
pub mod ids;
pub mod images;

pub mod labs;
pub mod live;
pub mod messages;
pub mod people;
mod platform;
pub mod sandboxes;
pub mod watch;

pub use platform::{Limits, Platform};
pub use store::StoreError;
