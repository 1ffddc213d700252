//! The forms of clinical work: moving patients, ordering and signing, results, medicines, problems, notes.
//!
//! What is the same in all of them is said once, in [`ChartForm`]. Each is drawn from what was typed and what was wrong with it ([`Filled`]), so that a refused form comes back as it was
//! sent, with each error beside its field. An accepted one leads to the chart, where it says what was done. Forms about a
//! stay carry the version they were opened with: what somebody else changed meanwhile is never written over.

pub(super) mod acknowledge;
pub(super) mod admit;
pub(super) mod allergy;
pub(super) mod break_glass;
pub(super) mod change_order;
pub(super) mod cosign;
pub(super) mod discharge;
mod dose;
pub(super) mod end_order;
mod filled;
mod form;
pub(super) mod give;
pub(super) mod merge;
pub(super) mod note;
mod of_order;
pub(super) mod order;
pub(super) mod order_set;
mod place;
pub(super) mod problem;
pub(super) mod reconcile;
pub(super) mod register;
pub(super) mod result;
pub(super) mod return_order;
pub(super) mod review;
mod run;
pub(super) mod sign;
pub(super) mod sign_again;
pub(super) mod transfer;
pub(super) mod unmerge;
pub(super) mod verify;
pub(super) mod vitals;

use dose::filled_with;
pub(super) use dose::{dose_fields, offered};
pub(super) use filled::Filled;
use form::{ChartForm, Sent};
pub(super) use form::{open, routes};
pub(super) use run::{Fields, outdated, run, status};
use run::{Opened, about, about_part};
