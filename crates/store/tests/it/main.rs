//! The store on real files: every promise that the crate above relies on.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod channels;
mod crash;
mod frozen;
mod history;
mod hospital;
mod images;
mod instances;
mod journal;
mod linking;
mod model;
mod newest_first;
mod past;
mod pool;
mod ranges;
mod rebuild;
mod search;
mod search_cases;
mod sorting;
mod systems;
mod values;
mod versions;
