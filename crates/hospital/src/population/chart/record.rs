//! The chart itself: whose it is, and where its resources go.

use super::visits::{Stay, Visits};
use crate::id::Id;
use crate::play::{Handle, Happening};
use crate::population::{Person, Resource, World};
use crate::writer::Json;

/// The record of one patient while it is written.
pub(crate) struct Chart<'a> {
    pub(super) world: &'a World,
    pub(super) person: &'a Person,
    pub(super) visits: Visits,
    pub(super) json: &'a mut Json,
    sink: &'a mut dyn FnMut(Resource<'_>),
}

impl<'a> Chart<'a> {
    /// The chart of a person to whom these things have happened.
    pub(crate) fn new(
        world: &'a World,
        person: &'a Person,
        happenings: &[Happening],
        json: &'a mut Json,
        sink: &'a mut dyn FnMut(Resource<'_>),
    ) -> Self {
        Self { world, person, visits: Visits::of(world, person, happenings), json, sink }
    }

    /// The instant the population is seen at, or that of death.
    pub(super) fn until_us(&self) -> i64 {
        self.person.deceased_us.unwrap_or(self.world.recipe.as_of_us)
    }

    /// The visit that a happening belongs to.
    pub(super) fn stay(&self, visit: Handle) -> Option<Stay> {
        self.visits.get(visit)
    }

    /// Hands the resource in the buffer to the sink.
    pub(super) fn emit(&mut self, kind: &'static str, id: Id) {
        (self.sink)(Resource { kind, id: id.as_str(), body: self.json.close() });
    }
}
