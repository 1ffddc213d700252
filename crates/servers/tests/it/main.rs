//! The network faces as one router, over a small hospital in a temporary folder.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod api;
mod desk;
mod dicom;
mod dicomweb;
mod doors;
mod engine;
mod fhir;
mod house;
mod labs;
mod live;
mod pages;
mod roles;
mod unwanted_body;
mod ward;
