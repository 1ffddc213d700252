//! FHIR R4 interactions on a sandbox (R4, 3.1.0): one file each.
//!
//! Every face of the hospital that speaks FHIR - HTTP, a bundle's entries, the chart's forms, a script - states what it
//! wants as an [`Interaction`] and gets an [`Answer`] or a [`FhirError`]; [`perform`] is the one way in, and journals
//! what was asked whether or not it was granted.

mod answer;
mod bundle;
mod conditional;
mod context;
mod create;
mod delete;
mod error;
mod give;
mod guard;
mod history;
mod history_parameters;
mod interaction;
mod look;
mod operations;
mod page;
mod patch;
mod perform;
mod read;
mod search;
mod subset;
mod terminology;
mod update;
mod within;
mod write;

pub use answer::Answer;
pub(crate) use bundle::replace_strings;
pub use context::Context;
pub use error::{FhirError, Refusal};
pub use give::Give;
pub(crate) use guard::kinds_in_whole;
pub use history_parameters::HistoryParameters;
pub use interaction::Interaction;
pub(crate) use operations::parameters_of;
pub use operations::{Kinds, OPERATIONS, Operation, Place};
pub use perform::perform;
pub(crate) use perform::{glance, peek};
pub(crate) use read::alive;
pub(crate) use search::query_of;
pub use search::{COUNT_DEFAULT, COUNT_MAX, Scope, pairs_of};
pub use store::sandbox::Stored;
pub use subset::part_of;
pub(crate) use within::{create_within, delete_within, update_within};
