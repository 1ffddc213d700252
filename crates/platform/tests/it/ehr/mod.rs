//! The record system at work, over a small hospital.

mod build;
mod chart;
mod clinical;
mod commands;
mod house;
mod identity;
mod roles;
mod verification;
