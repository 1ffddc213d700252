//! The simulated hospital: seed, time and commands in, resources out.
//!
//! Everything here is pure. [`population`] makes the people and their histories,
//! [`clock`] keeps the hospital's own time, [`ehr`] turns a clinical command into
//! the resources to write, and [`faults`] places the problems that labs are about.
//! No file, no network, no system clock, and no chance but the keyed streams of
//! [`random`].

pub mod faults;
pub mod random;
