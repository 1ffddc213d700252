//! Scripts: something a person could do, written down so that it can be played.
//!
//! A script acts through public interfaces only: FHIR, the EHR's commands, plain HTTP, HL7 v2, DICOM, JSON-RPC, what an app
//! does to get a token, a service that answers, an answer to a question, or waiting. [`run`] turns each action into
//! [`Call`]s, with values taken from the attempt and from earlier replies; who
//! carries the calls out is the caller's business, so the same scripts serve tests, proofs and staff.

mod app;
mod body;
mod call;
mod dicom;
mod model;
mod run;
mod served;

pub use app::{AppAct, Assertion, Authorization};
pub use body::{Body, BodyError};
pub use call::{Call, Reply};
pub use dicom::DicomDeed;
pub use model::{Action, ActionKind, Interaction, Script};
pub use run::{ScriptError, run};
pub use served::{Served, ServedRule, Unfetched};
