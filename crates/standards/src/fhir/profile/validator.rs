use std::cell::Cell;

use serde_json::Value;

use super::model::Profile;
use super::shelf::Profiles;
use super::surroundings::Surroundings;
use super::walk::Walk;
use crate::fhir::outcome::Issue;
use crate::fhir::terminology::Terminology;

/// The most rules and targets looked at for one resource.
const STEPS_MAX: usize = 20_000;

/// Compares resources with profiles. Cheap to make.
#[derive(Clone, Copy)]
pub struct Validator<'a> {
    profiles: &'a Profiles,
    terminology: &'a Terminology<'a>,
    around: &'a dyn Surroundings,
}

/// What a walk looks at besides the resource.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) profiles: &'a Profiles,
    pub(super) terminology: &'a Terminology<'a>,
    pub(super) around: &'a dyn Surroundings,
}

impl<'a> Validator<'a> {
    /// A validator with these profiles and codes.
    pub fn new(
        profiles: &'a Profiles,
        terminology: &'a Terminology<'a>,
        around: &'a dyn Surroundings,
    ) -> Validator<'a> {
        Validator { profiles, terminology, around }
    }

    /// Every issue of a resource: with its type, with the profiles it claims in `meta.profile`, and with those of `asked`.
    /// The gravest come first; the structure is not looked at.
    pub fn validate<'b>(&'b self, resource: &'b Value, asked: &[&'b Profile]) -> Vec<Issue> {
        Walk::whole(self.scene(), resource, &Cell::new(STEPS_MAX), asked)
    }

    pub(super) fn scene(&self) -> Scene<'_> {
        Scene { profiles: self.profiles, terminology: self.terminology, around: self.around }
    }
}
