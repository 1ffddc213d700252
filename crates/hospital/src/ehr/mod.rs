//! The clinical work done at a desk: what a form says, and what is written because of it.
//!
//! Each command is one file and one pure function: the form as [`Entered`] fields, the facts of the hospital it is
//! about as the FHIR resources that are stored, the hospital's time and new ids go in; the resources to store come out,
//! or an [`EhrError`] that names every field that is wrong. Resources that exist are changed in place, so whatever else
//! their authors put there stays. What the hospital already holds may be odd, since learners write it too: nothing here
//! takes a field for granted.

mod admit;
mod discharge;
mod entered;
mod error;
mod register;
mod shape;
mod stay;
#[cfg(test)]
mod tests;
mod transfer;
mod vitals;
mod write_note;

pub use admit::{Admit, AdmitFacts, CLASSES, admit};
pub use discharge::{DISPOSITIONS, Discharge, DischargeFacts, discharge};
pub use entered::Entered;
pub use error::{EhrError, LookAlike, Problem};
pub use register::{Register, RegisterFacts, SEXES, register};
pub use shape::{has_mrn, mrn_of, name_of, reference_id};
pub use stay::{active_place, is_active_place, is_bed, is_emergency, is_in_house, is_open};
pub use transfer::{Transfer, TransferFacts, transfer};
pub use vitals::{RecordVitals, SIGNS, Sign, VitalsFacts, record_vitals};
pub use write_note::{NOTE_KINDS, NoteFacts, NoteKind, WriteNote, write_note};
