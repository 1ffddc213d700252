//! The people of a hospital, and eight years of their records.
//!
//! A [`Recipe`] names a population: how many patients, which seed, and the instant it is
//! seen at. [`generate`] hands every [`Resource`] of it to a sink: first the shared world
//! (organisations, locations, clinicians), then one patient after another, each resource
//! after those it refers to. A patient is a pure function of the recipe and an index, so
//! [`generate_patient`] makes any of them alone, byte for byte the same, and callers may
//! split the indexes over threads with one [`World`].
//!
//! What happens to patients is told by the [`pathways`](crate::pathways), which are walked by
//! [`play`](crate::play); a chart turns each happening into resources. At the
//! recipe's instant about 110 people lie in beds and a dozen sit in the emergency
//! department: [`World`] decides who, so that no two share a bed.

mod chart;
mod generate;
mod lab;
mod mrn;
mod names;
mod person;
mod places;
#[cfg(test)]
mod realism;
mod recipe;
mod registration;
#[cfg(test)]
mod tests;
mod world;

pub(crate) use chart::Chart;
pub use generate::{generate, generate_patient};
pub use lab::{Panel, Test};
pub(crate) use lab::{lab_test, panels};
pub use mrn::{MRN_SYSTEM, mrn};
pub(crate) use names::{FAMILY_NAMES, nickname};
pub(crate) use person::{Condition, Person, Sex, Smoking};
pub(crate) use places::{STREETS, TOWNS};
pub use recipe::{Recipe, Resource};
pub use registration::Identity;
#[cfg(test)]
pub(crate) use world::plans;
pub use world::{Bed, Specialty, Unit, World};
