use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use boards::Board;
use store::StoreError;

use super::super::error::WorkshopError;
use crate::labs::Turns;
use crate::platform::Platform;

/// Boards that are held ready at most; others are read anew.
const HELD_MAX: usize = 60;
/// Updates after which a board is written whole. Fewer make every start slow, more the file large.
const FOLD_AFTER: u64 = 256;

/// Boards that were looked at lately, and whose turn it is.
#[derive(Default)]
pub(crate) struct KeptBoards {
    turns: Turns,
    held: Mutex<HashMap<String, Held>>,
}

/// A board, and what is known of it besides.
pub(super) struct Held {
    pub(super) board: Board,
    /// The number of the newest update.
    pub(super) seq: u64,
    pub(super) locked: bool,
    /// Updates that were kept since it was written whole.
    loose: u64,
}

impl KeptBoards {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Held>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Platform {
    /// Works at a board at which nobody else works now. It is taken out for as long: if the work fails, what is read next time is what is kept.
    pub(super) fn at_board<T>(
        &self,
        workshop: &str,
        work: impl FnOnce(&mut Held) -> Result<T, WorkshopError>,
    ) -> Result<T, WorkshopError> {
        let boards = &self.rooms.boards;
        let _turn = boards.turns.take(workshop);
        let ready = boards.lock().remove(workshop);
        let mut held = match ready {
            Some(held) => held,
            None => self.board_kept(workshop)?,
        };
        let done = work(&mut held)?;
        let mut all = boards.lock();
        if all.len() >= HELD_MAX {
            all.clear();
        }
        all.insert(workshop.to_owned(), held);
        Ok(done)
    }

    /// A board as the records have it.
    fn board_kept(&self, workshop: &str) -> Result<Held, WorkshopError> {
        let kept = self.records.board(workshop)?;
        let damaged = |error| StoreError::Damaged { what: format!("the board of a workshop: {error}") };
        let mut board =
            if kept.state.is_empty() { Board::new() } else { Board::of(&kept.state).map_err(damaged)? };
        for update in &kept.updates {
            board.apply(update).map_err(damaged)?;
        }
        let loose = kept.updates.len() as u64;
        Ok(Held { board, seq: kept.seq, locked: kept.locked, loose })
    }

    /// Merges an update into a board and keeps it, if it changed anything; it is acknowledged only when it is on disk.
    pub(super) fn keep_update(
        &self,
        workshop: &str,
        held: &mut Held,
        update: &[u8],
    ) -> Result<(), WorkshopError> {
        if !held.board.apply(update)? {
            return Ok(());
        }
        let seq = held.seq + 1;
        self.records.board_update_add(workshop, seq, self.clock().now_us(), update)?;
        held.seq = seq;
        held.loose += 1;
        if held.loose >= FOLD_AFTER {
            self.records.board_fold(workshop, seq, held.board.state())?;
            held.loose = 0;
        }
        Ok(())
    }
}
