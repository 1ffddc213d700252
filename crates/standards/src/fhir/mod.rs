//! FHIR R4 (4.0.1) without a server around it.
//!
//! Resources are plain JSON values, not generated structs: what a type may contain is data, loaded
//! once by [`definitions`]. A body that arrives takes this path: [`json`] turns bytes into a value or
//! one precise problem, [`validation`] compares the value with the definitions and reports every
//! problem at once, [`resource`] writes the server's id and version into the client's own bytes, and
//! [`search`] reads out what the store indexes. [`patch`] changes a part of what is stored, and
//! [`pretty`] lays it out for people. What codes mean, [`terminology`] says. Problems travel as
//! [`outcome`] issues.

mod calendar;
pub mod definitions;
pub mod instant;
pub mod json;
pub mod outcome;
pub mod patch;
pub mod path;
pub mod pretty;
pub mod resource;
pub mod search;
pub mod terminology;
pub mod validation;
