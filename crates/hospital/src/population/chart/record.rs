//! The chart itself: time, chance and ids.

use crate::calendar::{DAY_US, HOUR_US, YEAR_US};
use crate::id::Id;
use crate::population::{Bedded, Person, Resource, World};
use crate::random::{Key, Stream};
use crate::writer::Json;

/// How far back records go.
const HISTORY_YEARS: i64 = 10;

/// What one pathway knows of a patient, and writes about them.
pub(crate) struct Chart<'a> {
    pub(crate) world: &'a World,
    pub(crate) person: &'a Person,
    /// Chance of the current occasion.
    pub(crate) stream: Stream,
    pathway: Key,
    occasion: Key,
    made: u64,
    pub(super) json: &'a mut Json,
    sink: &'a mut dyn FnMut(Resource<'_>),
}

impl<'a> Chart<'a> {
    /// The chart of a person for the pathway of this name.
    pub(crate) fn new(
        world: &'a World,
        person: &'a Person,
        pathway: &str,
        json: &'a mut Json,
        sink: &'a mut dyn FnMut(Resource<'_>),
    ) -> Self {
        let key = person.key.name("pathway").name(pathway);
        Self { world, person, stream: key.stream(), pathway: key, occasion: key, made: 0, json, sink }
    }

    /// Starts a numbered occasion: what happens in one moves nothing in another.
    pub(crate) fn occasion(&mut self, number: u64) {
        self.occasion = self.pathway.name("occasion").number(number);
        self.stream = self.occasion.stream();
        self.made = 0;
    }

    /// The instant the population is seen at.
    pub(crate) fn as_of_us(&self) -> i64 {
        self.world.recipe.as_of_us
    }

    /// Where records begin: ten years ago, or birth.
    pub(crate) fn since_us(&self) -> i64 {
        let ten_years = self.as_of_us() - HISTORY_YEARS * YEAR_US;
        ten_years.max(self.person.born_us() + HOUR_US)
    }

    /// Where finished care ends: before death, before the present stay, or last night.
    pub(crate) fn until_us(&self) -> i64 {
        match (self.person.deceased_us, self.bedded()) {
            (Some(us), _) => us - 30 * DAY_US,
            (None, Some(bedded)) => bedded.since_us - 3 * DAY_US,
            (None, None) => self.as_of_us() - 12 * HOUR_US,
        }
    }

    /// The bed the patient lies in now.
    pub(crate) fn bedded(&self) -> Option<&'a Bedded> {
        self.world.bedded(self.person.index)
    }

    /// A fresh id of this occasion.
    pub(super) fn next_id(&mut self) -> Id {
        self.made += 1;
        Id::of(self.occasion.name("id").number(self.made))
    }

    /// A key to choose a clinician or bed with, by chance but without using the stream up.
    pub(super) fn choice(&self, about: &str) -> Key {
        self.occasion.name(about).number(self.made)
    }

    /// Hands the resource in the buffer to the sink.
    pub(super) fn emit(&mut self, kind: &'static str, id: Id) {
        (self.sink)(Resource { kind, id: id.as_str(), body: self.json.close() });
    }
}
