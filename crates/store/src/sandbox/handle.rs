use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;

use super::change::Change;
use super::view::View;
use crate::StoreError;
use crate::image::ImageInfo;
use crate::journal::{self, Break, Entry, Filter, Hash, NewEntry, Tail};
use crate::sqlite::{attach_image, facts, open_overlay};

/// Entries about reads that may wait in memory before they are written.
const PENDING_MAX: usize = 512;

/// A running hospital, open in this process.
pub struct Sandbox {
    id: String,
    folder: PathBuf,
    image: ImageInfo,
    state: Mutex<State>,
}

/// What the lock protects: one connection, used by one thread at a time.
pub(super) struct State {
    pub(super) connection: Connection,
    pub(super) tail: Tail,
    pending: Vec<NewEntry>,
}

impl State {
    /// Opens the hospital file in `folder` over `image`.
    pub(super) fn open(folder: &Path, image: &ImageInfo) -> Result<Self, StoreError> {
        let connection = open_overlay(&hospital_file(folder))?;
        attach_image(&connection, &image.path)?;
        let tail = journal::tail(&connection)?;
        Ok(Self { connection, tail, pending: Vec::new() })
    }

    fn view(&self) -> View<'_> {
        View { connection: &self.connection }
    }

    /// One transaction: the waiting entries first, then `work`. Nothing of either stays if `work` or the commit fails,
    /// and the waiting entries wait on.
    pub(super) fn transact<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut Change<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let sql = |error: rusqlite::Error| E::from(StoreError::from(error));
        let transaction = self.connection.unchecked_transaction().map_err(sql)?;
        let mut tail = self.tail;
        for event in &self.pending {
            tail = journal::append(&self.connection, tail, event)?;
        }
        let mut change = Change::new(View { connection: &self.connection }, tail);
        let done = work(&mut change)?;
        let tail = change.tail();
        transaction.commit().map_err(sql)?;
        self.tail = tail;
        self.pending.clear();
        Ok(done)
    }

    fn flush(&mut self) -> Result<(), StoreError> {
        if self.pending.is_empty() {
            return Ok(());
        }
        self.transact(|_| Ok(()))
    }
}

/// The file of changes inside a sandbox's folder.
pub(super) fn hospital_file(folder: &Path) -> PathBuf {
    folder.join("hospital.sqlite")
}

impl Sandbox {
    pub(super) fn open(id: &str, folder: PathBuf, image: ImageInfo) -> Result<Self, StoreError> {
        let state = Mutex::new(State::open(&folder, &image)?);
        Ok(Self { id: id.to_owned(), folder, image, state })
    }

    /// Its id: 8 lower-case base-32 characters.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The image it is laid over.
    pub fn image(&self) -> &ImageInfo {
        &self.image
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Reads through one consistent view. Keep `look` short: others wait.
    pub fn view<T>(&self, look: impl FnOnce(View<'_>) -> T) -> T {
        look(self.state().view())
    }

    /// Changes the sandbox in one transaction, on disk when this returns. An error from `work` leaves no trace.
    pub fn change<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut Change<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.state().transact(work)
    }

    /// Journals something that changed nothing. It is written within the next change or flush.
    pub fn note(&self, event: NewEntry) -> Result<(), StoreError> {
        let mut state = self.state();
        state.pending.push(event);
        if state.pending.len() >= PENDING_MAX { state.flush() } else { Ok(()) }
    }

    /// Writes the entries that still wait in memory.
    pub fn flush(&self) -> Result<(), StoreError> {
        self.state().flush()
    }

    /// The journal entries that match `filter`, with everything noted up to now.
    pub fn journal(&self, filter: &Filter) -> Result<Vec<Entry>, StoreError> {
        let mut state = self.state();
        state.flush()?;
        journal::list(&state.connection, filter)
    }

    /// The newest entry's place and hash.
    pub fn journal_head(&self) -> Result<(i64, Hash), StoreError> {
        let mut state = self.state();
        state.flush()?;
        Ok((state.tail.seq, state.tail.hash))
    }

    /// Checks the whole chain; `None` means every entry follows from the one before it.
    pub fn journal_break(&self) -> Result<Option<Break>, StoreError> {
        let mut state = self.state();
        state.flush()?;
        journal::first_break(&state.connection)
    }

    /// A named fact the sandbox keeps about itself, such as its clock.
    pub fn fact(&self, name: &str) -> Result<Option<String>, StoreError> {
        facts::get(&self.state().connection, "main", name)
    }

    /// Sets a named fact, with the journal entry that says so.
    pub fn set_fact(&self, name: &str, value: &str, event: &NewEntry) -> Result<(), StoreError> {
        self.change(|change| {
            facts::set(change.view().connection, name, value)?;
            change.note(event)?;
            Ok(())
        })
    }

    /// The lock. A panic while it was held cannot have left a half-written file: the transaction rolled back.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        if let Err(error) = self.flush() {
            tracing::error!(sandbox.id = %self.id, %error, "the last journal entries of a sandbox were not written");
        }
    }
}
