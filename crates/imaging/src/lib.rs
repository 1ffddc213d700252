//! DICOM as values: data sets, files, messages, associations, queries, and pictures of people who do not exist.
//!
//! Everything here is a function of its arguments. The network face feeds bytes into an [`association`] and sends
//! what comes out; `platform` keeps what was received, byte for byte, and asks [`query`] what matches. Nothing is
//! decoded but what an index needs: a stored object is the bytes that arrived (PS3.4 is silent on it, users are not).
//!
//! A crate of its own because it keeps the DICOM libraries away from the others.

pub mod ae;
pub mod association;
pub mod dataset;
pub mod dimse;
pub mod index;
pub mod picture;
pub mod query;
pub mod synthesis;
pub mod uid;
pub mod web;
pub mod worklist;

pub use dicom_core::header::{Tag, VR};
pub use dicom_dictionary_std::tags;
