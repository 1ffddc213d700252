//! Every test of a kit fails with the one fault it is about, and passes without.

mod bulk;
mod cds;
mod dicom;
mod hl7;
mod hospital_bulk;
mod hospital_cds;
mod hospital_dicom;
mod hospital_fhir;
mod hospital_smart;
mod hospital_v2;
mod hostile;
mod http;
mod proving;
mod running;
mod smart;
mod smart_app;
mod us_core;
