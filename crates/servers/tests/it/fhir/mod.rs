//! The FHIR face over HTTP: status codes, headers, media types, and who gets in.

mod binaries;
mod capability;
mod client;
mod exporting;
mod fhirpath;
mod headers;
mod learners;
mod operations;
mod refusals;
mod searching;
mod wishes;
