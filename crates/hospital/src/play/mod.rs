//! Patients on their pathways: one engine for the past and for the hours to come.
//!
//! A [`Walk`] is one patient on one pathway. It goes from state to state until time has to pass, and says what happens
//! as [`Happening`]s; its chance is keyed by patient, pathway and occasion, so that no walk moves another. Walks wait
//! in a [`Queue`], earliest first.
//!
//! [`history`] plays a patient's past, each alone and with no bed to wait for. [`LiveHospital`] plays a whole house on
//! from there: beds, theatres, scanners and triage nurses are few, and whoever finds none free waits in line. What a
//! learner does to it is a [`Command`] in a log; seed and log replay the house exactly.

mod handle;
mod happening;
mod history;
mod hours;
mod live;
mod queue;
mod signs;
#[cfg(test)]
mod tests;
mod walk;
mod walk_acts;
mod walk_results;

pub use crate::codes::Code;
pub use crate::writer::{Class, Disposition};
pub use handle::Handle;
pub use happening::{
    Admission, Allergic, Arrival, Diagnosis, Happening, Laboratory, Line, Service, Signs, Text, What,
};
pub(crate) use history::{DEAD_KEPT_YEARS, Past, history};
pub(crate) use hours::office_hours;
pub use live::{
    Command, LiveHospital, LiveSettings, Logged, Lying, Refused, Resource, Snapshot, SnapshotError,
};
pub(crate) use queue::Queue;
pub(crate) use walk::{Later, Out, Pause, Present, Scene, Walk};
