//! Test kits: whether a server keeps a standard, shown by talking to it, and told so that its author learns what to mend.
//!
//! A [`Kit`](model::Kit) is a tree of groups and tests, as data; [`run`] goes through it and keeps a
//! [`Record`](model::Record): every result, every exchange, and which exchange a result rests on. A test is a function of a
//! [`Step`](run::Step), through which alone it reaches the network ([`wire`]), so that limits hold and nothing goes unrecorded.
//! Runs share nothing, and what a run needs to know stands in its inputs. [`report`] tells a record as FHIR and counts which
//! requirements were looked at.
//!
//! Blocking on purpose: a run is one thread that waits for somebody else's server. This crate dials; it never listens.

pub mod bulk;
pub mod cds_hooks;
pub mod dicom;
pub mod form;
pub mod hl7;
pub mod model;
pub mod report;
pub mod run;
pub mod smart;
pub mod smart_client;
pub mod us_core;
pub mod wire;

mod catalogue;

pub use catalogue::{kit, kits};
