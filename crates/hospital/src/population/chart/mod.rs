//! From what happened to a patient to their chart.
//!
//! A [`Chart`] is told the happenings of one patient in the order of time and writes each as the FHIR resources of US
//! Core. It decides nothing: everything drawn has been drawn by the walk.

mod record;
mod visits;
mod write;

pub(crate) use record::Chart;
