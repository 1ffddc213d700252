//! The forms of clinical work: register, admit, transfer, discharge, record vital signs, write a note.
//!
//! Each is drawn from what was typed and what was wrong with it ([`Filled`]), so that a refused form comes back as it was
//! sent, with each error beside its field. An accepted one leads to the chart, where it says what was done. Forms about a
//! stay carry the version they were opened with: what somebody else changed meanwhile is never written over.

pub(super) mod admit;
pub(super) mod discharge;
mod filled;
pub(super) mod note;
mod place;
pub(super) mod register;
mod run;
pub(super) mod transfer;
pub(super) mod vitals;

use filled::Filled;
use run::{Fields, Opened, about, run};
