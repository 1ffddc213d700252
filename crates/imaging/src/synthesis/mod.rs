//! Pictures of people who do not exist: drawn from a seed, small, with the tags a real device would write.
//!
//! Nothing is stored for the population of an image: a study is drawn when somebody looks, the same every time. Only the
//! four operations and the square root are used on floating point numbers (IEEE 754 rounds these alike everywhere), so
//! the same request gives the same bytes on every machine.

mod abdomen;
mod attributes;
mod chest_ct;
mod chest_film;
mod head;
mod kind;
mod noise;
mod place;
mod request;
mod shape;
mod study;

pub use kind::{Finding, Kind};
pub use place::{Place, Side, Zone};
pub use request::{Patient, StudyRequest};
pub use study::{SYNTHETIC, file, headers, object};

#[cfg(test)]
pub(crate) mod tests;
