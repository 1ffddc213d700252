//! The data lake: a hospital as tables, in snapshots that never change, and questions about them.
//!
//! A [`register`] is people whom no hospital has seen, a hundred thousand where it must be, made as tables at once.
//! A [snapshot](build) is made of the views in `content/views`, one after the other over a frozen hospital, in files that
//! are shared wherever the same view was run over the same resources. Whoever asks does so in the role worked as and for a
//! purpose; the [policy](right) turns both into a grant, the engine answers within it, and the journal has every question,
//! those that were refused too. All doors of people end in [`ask`]; decision support asks about one patient, as the hospital
//! is now, through [`bedside`].

mod ask;
mod attacked;
mod bedside;
mod build;
mod error;
mod file;
mod judged;
mod people;
mod policy;
mod private;
mod reason;
mod register;
mod release;
mod right;
mod saved;
mod shelf;
mod snapshots;
mod strangers;
mod tables;

pub use ::lake::{
    Answer, Asked, Attack, Body, Cause, Cell, Classes, Coarser, Column, Detail, Dialect, Engine, Form, Kind,
    Ladder, Limits, Manifest, Purpose, Row, Trouble, csv, json,
};
pub use ask::{Asking, Door, Told};
pub(crate) use bedside::Bedside;
pub use build::Progress;
pub use error::LakeError;
pub use policy::PolicyInForce;
pub use private::{PrivateAsked, PrivateTold};
pub use reason::REASON_HOURS;
pub use release::{ReleaseAsked, ReleaseSeen};
pub use right::Right;
pub use saved::{SavedQuestion, drop_question, saved_questions};
pub(crate) use shelf::Lakes;
pub use snapshots::{Overview, SnapshotInfo, TableSeen};
pub(crate) use strangers::{More, Strangers, tables_in};
