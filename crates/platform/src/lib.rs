//! Under construction.

pub mod clock;
pub mod entropy;
pub mod people;
