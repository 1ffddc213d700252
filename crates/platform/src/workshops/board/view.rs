use boards::contents::Contents;
use store::records::{Person, Workshop};
use workshops::model::Case;

use super::super::error::WorkshopError;
use super::super::table::Table;
use super::here::Looker;
use super::may::why_not;
use crate::platform::Platform;

/// A board as somebody sees it: all who may see it see the same of what stands there.
#[derive(Debug, Clone)]
pub struct BoardView {
    /// Whose it is.
    pub workshop: Workshop,
    /// Its case.
    pub case: &'static Case,
    /// The number of the newest update.
    pub seq: u64,
    /// Whether nobody but the facilitator may write.
    pub locked: bool,
    /// Whether they facilitate.
    pub facilitates: bool,
    /// Why they may not write; nothing, if they may.
    pub why_not: Option<&'static str>,
    /// What stands on it.
    pub contents: Contents,
    /// Who has it open.
    pub here: Vec<Looker>,
}

/// What somebody lacks of a board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardDifference {
    /// The number of the newest update.
    pub seq: u64,
    /// An update of Yjs, in the first version of its encoding.
    pub update: Vec<u8>,
}

/// What happens on a board is told under this name.
#[must_use]
pub fn board_channel_of(workshop: &str) -> String {
    format!("board {workshop}")
}

impl Platform {
    /// The board of a workshop.
    ///
    /// # Errors
    /// When they take no part.
    pub fn view_board(&self, person: &Person, id: &str) -> Result<BoardView, WorkshopError> {
        let (workshop, case) = self.workshop_here(person, id)?;
        self.come_in(person, &workshop)?;
        let run = Table::run_of(self, id)?;
        let who = person.id.as_str();
        let (seq, locked, contents) =
            self.at_board(id, |held| Ok((held.seq, held.locked, held.board.contents().clone())))?;
        Ok(BoardView {
            seq,
            locked,
            contents,
            facilitates: run.facilitates(who),
            why_not: why_not(&workshop, &run, who, locked),
            here: self.rooms.here.of(id, self.clock().now_us()),
            case,
            workshop,
        })
    }

    /// What somebody lacks of a board who knows as much as their state vector says; all of it, where that is empty.
    ///
    /// # Errors
    /// When they take no part, or it is no state vector.
    pub fn board_since(
        &self,
        person: &Person,
        id: &str,
        known: &[u8],
    ) -> Result<BoardDifference, WorkshopError> {
        self.workshop_here(person, id)?;
        self.at_board(id, |held| Ok(BoardDifference { seq: held.seq, update: held.board.since(known)? }))
    }
}
