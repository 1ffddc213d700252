//! Inside one hospital: patients, beds, charts, the FHIR console, the journal, and the forms of clinical work.
//!
//! The same pages stand in two places: beside a lab's brief below `/attempts/{attempt}`, and alone below
//! `/sandboxes/{sandbox}`. [`Inside`] is who is where; every page asks it for the way in and for the frame around it.

mod advice;
mod apps;
mod beds;
mod build;
mod chart;
mod compliance;
mod console;
mod desk;
mod engine;
mod flow;
mod forms;
mod guest;
mod in_basket;
mod inside;
mod journal;
mod kits;
mod lake;
mod ledger;
mod map;
mod models;
mod operations;
mod patients;
mod refused;
mod role;
mod routes;
mod traffic;
mod views;

pub(super) use inside::{is_own, next_lab};
pub(super) use routes::routes;
