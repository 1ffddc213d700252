//! Tests of the crate as others use it.

mod formulas;
mod mining;
mod plays;
mod roster;
