//! Associations (PS3.8): PDUs in, steps out; no sockets.
//!
//! [`Frames`] cuts bytes into PDUs and refuses lengths that no honest peer announces. An [`Acceptor`] takes PDUs and says
//! what to do: ask the hospital whether this caller may come in, perform a message, send a PDU, close. [`requestor`] has
//! what the other direction needs. A network face is then a loop without decisions.

mod acceptor;
mod assembly;
mod frames;
mod limits;
mod negotiate;
mod reject;
pub mod requestor;

pub use acceptor::{Acceptor, Proposal, Step};
pub use assembly::AssemblyError;
pub use dicom_ul::pdu::Pdu;
pub use frames::{FrameError, Frames, bytes};
pub use limits::{DATASET_BYTES_MAX, PDU_BYTES_MAX};
pub use reject::Rejection;

#[cfg(test)]
mod tests;
