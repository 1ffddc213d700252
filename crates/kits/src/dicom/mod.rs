//! The kit for DICOM archives: associations, C-ECHO, C-STORE, C-FIND and the modality worklist.

mod ask;
mod kit;
mod requirements;
mod sample;
mod work;

pub use kit::kit;
