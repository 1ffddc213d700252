//! DICOM over TCP (PS3.8): a loop that reads PDUs, asks the state machine what they mean, and writes what comes out.
//!
//! Nothing is decided here but how long to wait. A peer that falls silent, sends half a PDU, or something else than DICOM
//! is answered with an abort where that is possible, and the hospital it reached has it in its journal.

mod deliver;
mod listen;
mod patience;
mod session;
mod wire;

pub use listen::serve;
pub use patience::Patience;
