//! Profiles: what a community asks of a resource beyond what FHIR R4 asks (FHIR R4, 5.1).
//!
//! A [`Validator`] looks at one resource, claimed profiles and all, and returns issues. [`Profiles`] holds the definitions: those that
//! ship ([`Profiles::shipped`]), each compiled when it is first asked for. What needs more than the resource itself, other
//! resources and FHIRPath, comes through [`Surroundings`].
//!
//! The structure of a resource is [`validation`](super::validation)'s business and is not looked at again. Here it is:
//! `walk` visits every value once, with all that is asked of it; `slices` finds out which slice a value belongs to; `codes`,
//! `targets` and `wanted` each judge one kind of demand; `report` gathers. What cannot be decided is reported as
//! information, never as an error: codes of systems that are known in part, rules that fail to run, unknown profiles.

mod claim;
mod codes;
mod compile;
mod demands;
mod item;
mod model;
mod report;
mod shelf;
mod slices;
mod support;
mod surroundings;
mod targets;
#[cfg(test)]
mod tests;
mod validator;
mod walk;
mod wanted;

pub use model::Profile;
pub use shelf::Profiles;
pub use surroundings::{Place, Surroundings};
pub use validator::Validator;
