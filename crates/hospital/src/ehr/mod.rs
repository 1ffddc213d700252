//! Clinical commands: what a registrar, nurse or doctor asks the record to do.
//!
//! Each command is a small struct read from JSON and one function of the same name. It is
//! given the facts it must know (existing resources, as JSON), the virtual time, and a source of
//! fresh ids, and gives back the resources to write. A command that cannot be carried out
//! says so in an [`EhrError`], with every bad field at once, and writes nothing.

mod admit;
mod discharge;
mod error;
mod register;
pub(crate) mod shape;
#[cfg(test)]
mod tests;
mod transfer;
mod vitals;
mod write_note;

pub use admit::{Admit, AdmitFacts, admit};
pub use discharge::{Discharge, DischargeFacts, Disposition, discharge};
pub use error::{EhrError, Problem};
pub use register::{Address, Register, RegisterFacts, Sex, register};
pub use transfer::{Transfer, TransferFacts, transfer};
pub use vitals::{RecordVitals, VitalsFacts, record_vitals};
pub use write_note::{NoteFacts, NoteKind, WriteNote, write_note};
