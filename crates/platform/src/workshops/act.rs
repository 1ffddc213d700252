use store::records::Person;
use workshops::run::{Act, Asked};

use super::error::WorkshopError;
use super::table::Table;
use crate::platform::Platform;

impl Platform {
    /// Does something in a workshop for somebody who takes part.
    ///
    /// # Errors
    /// When they take no part, or it is refused; then nothing has changed.
    pub fn act_in_workshop(&self, person: &Person, id: &str, act: &Act) -> Result<(), WorkshopError> {
        let (workshop, _) = self.workshop_here(person, id)?;
        if workshop.cancelled {
            return Err(WorkshopError::invalid("workshop", "it was called off"));
        }
        self.come_in(person, &workshop)?;
        if let Act::AskRater { who } = act {
            self.check_teaches(who)?;
        }
        let _turn = self.rooms.turn(id);
        // Read anew: it may have begun while others had the turn.
        let (workshop, case) = self.workshop_here(person, id)?;
        let mut table = Table::of(self, workshop, case, super::shelf::world_of(&case.id))?;
        let facilitator_gone = self.facilitator_is_gone(id, table.run.facilitator.as_deref());
        let had_hospital = table.workshop.sandbox.is_some();
        table.act(person, Asked { who: person.id.as_str(), facilitator_gone }, act)?;
        if !had_hospital {
            self.open_to_all(&table)?;
        }
        Ok(())
    }

    /// Lets everybody who takes part look into the workshop's hospital, if there is one now.
    fn open_to_all(&self, table: &Table<'_>) -> Result<(), WorkshopError> {
        let Some(sandbox) = &table.workshop.sandbox else { return Ok(()) };
        for who in table.run.members.keys() {
            self.records.guest_add(sandbox, &who.as_str().into(), self.clock().now_us())?;
        }
        Ok(())
    }

    /// Notes that somebody is still there.
    pub fn still_in_workshop(&self, person: &Person, id: &str) {
        self.rooms.saw(id, person.id.as_str(), self.clock().now_us());
    }
}
