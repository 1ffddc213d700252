//! The hospital's own record system: the clinical work done through forms, and the chart as people read it.
//!
//! A form becomes a command of [`commands`], which decides by [`hospital::ehr`] and writes through the FHIR interactions,
//! so that what the page does and what a client does are told apart by nothing but the journal. A page reads the
//! [`chart`], whose every opening is journalled too.

pub(crate) mod alike;
pub mod catalogue;
pub mod chart;
pub mod commands;
pub(crate) mod lookup;
pub mod roles;
pub mod support;
