//! DICOMweb (PS3.18) at `/s/{sandbox}/dicomweb`: searching (QIDO-RS), retrieving (WADO-RS) and storing (STOW-RS) over HTTP.
//!
//! The same archive as behind the DICOM port, and the same tokens as for FHIR. Errors are problem documents.

mod call;
mod multipart;
mod rendered;
mod retrieve;
mod routes;
mod search;
mod store;

pub(crate) use routes::routes;

#[cfg(test)]
mod tests;
