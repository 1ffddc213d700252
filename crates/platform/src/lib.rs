//! Use cases: load, decide, save, record.
//!
//! [`Platform`] is a whole teaching hospital without its network faces. Each use case is one file:
//! it loads what it needs from `store`, lets a pure crate decide, saves the outcome, and leaves a journal entry in the
//! same transaction. Everything here runs to its end in the calling thread; faces decide where that is.

pub mod access;
pub mod assessments;
pub mod backup;
pub mod cds_client;
pub mod cds_services;
pub mod chains;
pub mod clock;
pub mod compliance;
pub mod consensus;
pub mod content;
pub mod desk;
mod dial;
pub mod drills;
pub mod ehr;
pub mod engine;
pub mod entropy;
pub mod erasure;
pub mod exchange;
pub mod exports;
pub mod fhir;
pub mod flow;
pub mod identity;
pub mod ids;
pub mod images;
pub mod imaging;
pub mod incidents;
pub mod integrity;
pub mod kits;
pub mod labs;
pub mod lake;
pub mod live;
pub mod mentoring;
pub mod messages;
pub mod models;
pub mod outcomes;
pub mod people;
pub mod placements;
mod platform;
pub mod portfolio;
pub mod programme;
pub mod projects;
pub mod readiness;
pub mod record;
pub mod response;
mod rounds;
pub mod sandboxes;
mod seal;
pub mod topology;
pub mod traffic;
pub mod transparency;
pub mod vault;
pub mod views;
pub mod watch;
pub mod workshops;

pub use platform::{Limits, Platform};
pub use seal::Sealed;
pub use store::StoreError;
