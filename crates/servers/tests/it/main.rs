//! The network faces as one router, over a small hospital in a temporary folder.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod api;
mod casework;
mod cds_client;
mod cds_services;
mod desk;
mod dicom;
mod dicomweb;
mod doors;
mod drills;
mod engine;
mod exchange;
mod fhir;
mod house;
mod hunting;
mod kits;
mod labs;
mod ledger;
mod live;
mod mentoring;
mod pages;
mod places;
mod programme;
mod projects;
mod range;
mod record;
mod response;
mod roles;
mod smart;
mod standing;
mod traffic;
mod unwanted_body;
mod ward;
mod watching;
mod workshop_boards;
mod workshops;
