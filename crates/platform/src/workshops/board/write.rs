use store::records::Person;

use super::super::error::WorkshopError;
use super::super::table::Table;
use super::may::why_not;
use super::view::board_channel_of;
use crate::platform::Platform;

impl Platform {
    /// Merges what somebody wrote on a board, an update of Yjs, and gives its number. The same twice counts once.
    ///
    /// # Errors
    /// When they may not write, or it is refused; then nothing has changed.
    pub fn write_board(&self, person: &Person, id: &str, update: &[u8]) -> Result<u64, WorkshopError> {
        let (workshop, _) = self.workshop_here(person, id)?;
        self.come_in(person, &workshop)?;
        let seq = self.at_board(id, |held| {
            // Read with the board in hand: it may have been locked, or the workshop ended, a moment ago.
            let (workshop, _) = self.workshop_here(person, id)?;
            let run = Table::run_of(self, id)?;
            if let Some(why) = why_not(&workshop, &run, person.id.as_str(), held.locked) {
                return Err(WorkshopError::invalid("board", why));
            }
            self.keep_update(id, held, update)?;
            Ok(held.seq)
        })?;
        self.watch().tell(&board_channel_of(id), "board.changed");
        Ok(seq)
    }

    /// Locks a board for everybody but the facilitator, or opens it again.
    ///
    /// # Errors
    /// When they do not facilitate.
    pub fn lock_board(&self, person: &Person, id: &str, locked: bool) -> Result<(), WorkshopError> {
        let (workshop, _) = self.workshop_here(person, id)?;
        self.come_in(person, &workshop)?;
        self.at_board(id, |held| {
            if !Table::run_of(self, id)?.facilitates(person.id.as_str()) {
                return Err(WorkshopError::invalid(
                    "board",
                    "only the facilitator locks it and opens it again",
                ));
            }
            self.records.board_lock(id, locked)?;
            held.locked = locked;
            Ok(())
        })?;
        self.watch().tell(&board_channel_of(id), "board.locked");
        Ok(())
    }
}
