//! FHIR R4 over HTTP (R4, 3.1.0), at `/s/{sandbox}/fhir`.
//!
//! A request becomes a [`platform::fhir::Interaction`], and its answer or refusal becomes a response; nothing is
//! decided here. Every error is an OperationOutcome.

mod address;
mod binary;
mod call;
mod capability;
mod export;
mod find;
mod headers;
mod interact;
mod operate;
mod respond;
mod routes;
mod searching;
mod trace;
mod wishes;

pub(crate) use binary::Envelope;
pub(crate) use headers::{JSON_PATCH, is_form, is_json, is_patch};
pub(crate) use respond::{outcome, status_of};
pub(crate) use routes::routes;
