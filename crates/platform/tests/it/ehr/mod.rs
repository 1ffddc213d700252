//! The record system at work, over a small hospital.

mod chart;
mod commands;
mod house;
