use scenarios::model::Scenario;
use scenarios::run::{Event, Readings, Run, World, advance, effects_of};

use super::effects::carry_out;
use super::error::DrillError;
use super::keep::keep;
use super::readings::readings;
use crate::access::Access;
use crate::entropy::Entropy;
use crate::live::Stepped;
use crate::platform::Platform;

/// A hospital in which a drill takes place.
pub(super) struct Ground<'a> {
    pub(super) platform: &'a Platform,
    pub(super) access: &'a Access,
    pub(super) scenario: &'a Scenario,
    pub(super) entropy: &'a dyn Entropy,
    pub(super) begun_us: i64,
}

impl Ground<'_> {
    /// Lets a drill come to a moment. When it is over by then, its clock stands still, and what came of it is noted.
    pub(super) fn advance(&mut self, run: &mut Run, to_us: i64) -> Result<Vec<Event>, DrillError> {
        advance(self.scenario, run, to_us, self)
    }
}

impl World for Ground<'_> {
    type Error = DrillError;

    fn read(&mut self, at_us: i64) -> Result<Readings, DrillError> {
        let then = self.access.at(at_us).unhurried();
        while self.platform.step(&then, self.entropy)? == Stepped::More {}
        Ok(readings(&then, self.scenario)?)
    }

    /// Effects come first: if the program is killed before the events are kept, the same are decided again, and an effect that is
    /// done twice is done once.
    fn keep(&mut self, at_us: i64, run: &Run, events: &[Event]) -> Result<(), DrillError> {
        let then = self.access.at(at_us).unhurried();
        for event in events {
            for effect in effects_of(self.scenario, event) {
                carry_out(self.platform, &then, self.begun_us, effect)?;
            }
        }
        keep(&then, run, events)
    }
}
