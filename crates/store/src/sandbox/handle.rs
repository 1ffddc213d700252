use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;

use super::change::Change;
use super::log::{Commit, Log};
use super::view::View;
use crate::StoreError;
use crate::image::{Counts, Exemplars, ImageInfo};
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
    log: Log,
    /// Entries about reads that wait to be written. A lock of its own, so that a reader need not wait for the connection;
    /// taken after `state` where both are needed.
    pending: Arc<Mutex<Vec<NewEntry>>>,
    /// Facts as they stand in the file, since every request asks for the clock.
    facts: Mutex<BTreeMap<String, Option<String>>>,
}

/// What the lock protects: one connection, used by one thread at a time.
pub(super) struct State {
    pub(super) connection: Connection,
    pub(super) tail: Tail,
    /// SQLite's write-ahead log, for bringing it to the disk from outside.
    log_file: Arc<File>,
    pending: Arc<Mutex<Vec<NewEntry>>>,
    counts: Arc<Counts>,
    image_digest: String,
    exemplars: Arc<Exemplars>,
}

impl State {
    /// Opens the hospital file in `folder` over `image`.
    fn open(
        folder: &Path,
        image: &ImageInfo,
        pending: &Arc<Mutex<Vec<NewEntry>>>,
        counts: &Arc<Counts>,
    ) -> Result<Self, StoreError> {
        let connection = open_overlay(&hospital_file(folder))?;
        attach_image(&connection, &image.path)?;
        let tail = journal::tail(&connection)?;
        let log_path = log_file(folder);
        let log_file = File::open(&log_path).map_err(StoreError::io(&log_path))?;
        Ok(Self {
            connection,
            tail,
            log_file: Arc::new(log_file),
            pending: Arc::clone(pending),
            counts: Arc::clone(counts),
            image_digest: image.digest.clone(),
            exemplars: Arc::clone(&image.exemplars),
        })
    }

    /// Opens the file anew after it was replaced by another.
    pub(super) fn reopen(&mut self, folder: &Path, image: &ImageInfo) -> Result<(), StoreError> {
        *self = Self::open(folder, image, &self.pending, &self.counts)?;
        Ok(())
    }

    fn view(&self) -> View<'_> {
        View {
            connection: &self.connection,
            counts: &self.counts,
            image_digest: &self.image_digest,
            exemplars: &self.exemplars,
        }
    }

    /// One transaction: the waiting entries first, then `work`. Nothing of either stays if `work` or the commit fails,
    /// and the waiting entries wait on. It is in the log when this returns, and on disk when the log is.
    pub(super) fn transact<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut Change<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let sql = |error: rusqlite::Error| E::from(StoreError::from(error));
        let transaction = self.connection.unchecked_transaction().map_err(sql)?;
        let mut tail = self.tail;
        let waiting = self.pending.lock().unwrap_or_else(PoisonError::into_inner).clone();
        for event in &waiting {
            tail = journal::append(&self.connection, tail, event)?;
        }
        let mut change = Change::new(self.view(), tail);
        let done = work(&mut change)?;
        let tail = change.tail();
        transaction.commit().map_err(sql)?;
        self.tail = tail;
        self.pending.lock().unwrap_or_else(PoisonError::into_inner).drain(..waiting.len());
        Ok(done)
    }

    fn flush(&mut self) -> Result<(), StoreError> {
        if self.pending.lock().unwrap_or_else(PoisonError::into_inner).is_empty() {
            return Ok(());
        }
        self.transact(|_| Ok(()))
    }
}

/// The log of commits beside [`hospital_file`], as SQLite names it.
fn log_file(folder: &Path) -> PathBuf {
    folder.join("hospital.sqlite-wal")
}

/// The file of changes inside a sandbox's folder.
pub(super) fn hospital_file(folder: &Path) -> PathBuf {
    folder.join("hospital.sqlite")
}

impl Sandbox {
    pub(super) fn open(
        id: &str,
        folder: PathBuf,
        image: ImageInfo,
        counts: &Arc<Counts>,
    ) -> Result<Self, StoreError> {
        let pending = Arc::default();
        let state = Mutex::new(State::open(&folder, &image, &pending, counts)?);
        let (log, facts) = Default::default();
        Ok(Self { id: id.to_owned(), folder, image, state, log, pending, facts })
    }

    /// Its id: 8 lower-case base-32 characters.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The image it is laid over.
    pub fn image(&self) -> &ImageInfo {
        &self.image
    }

    pub(super) fn counts(&self) -> Arc<Counts> {
        Arc::clone(&self.state().counts)
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
        let (done, commit) = {
            let mut state = self.state();
            let done = state.transact(work)?;
            (done, self.log.committed(&state.log_file))
        };
        self.reach_disk(&commit)?;
        Ok(done)
    }

    /// Changes the sandbox in one transaction that reaches the disk with the next one that waits for it: for what can be made
    /// again if the machine stops now.
    pub fn change_soon<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut Change<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut state = self.state();
        let done = state.transact(work)?;
        self.log.committed(&state.log_file);
        Ok(done)
    }

    /// Journals something that changed nothing. It is written within the next change or flush.
    pub fn note(&self, event: NewEntry) -> Result<(), StoreError> {
        let waiting = {
            let mut pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
            pending.push(event);
            pending.len()
        };
        if waiting >= PENDING_MAX { self.flush() } else { Ok(()) }
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

    /// Hands the bytes that the chain hashes of every entry after `after_seq` to `each`, in order.
    pub fn each_entry_bytes(&self, after_seq: i64, each: impl FnMut(Vec<u8>)) -> Result<(), StoreError> {
        let mut state = self.state();
        state.flush()?;
        journal::each_bytes(&state.connection, after_seq, each)
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
        if let Some(known) = self.facts().get(name) {
            return Ok(known.clone());
        }
        let state = self.state();
        let stored = facts::get(&state.connection, "main", name)?;
        self.facts().insert(name.to_owned(), stored.clone());
        Ok(stored)
    }

    /// Sets a named fact, with the journal entry that says so.
    pub fn set_fact(&self, name: &str, value: &str, event: &NewEntry) -> Result<(), StoreError> {
        let commit = {
            let mut state = self.state();
            let set = state.transact(|change| {
                facts::set(change.view().connection, name, value)?;
                change.note(event).map(|_| ())
            });
            self.facts().clear();
            set?;
            self.log.committed(&state.log_file)
        };
        self.reach_disk(&commit)
    }

    fn reach_disk(&self, commit: &Commit) -> Result<(), StoreError> {
        self.log.reach_disk(commit, &log_file(&self.folder))
    }

    /// What is known of the facts without asking the file. Changed only by who holds the state.
    pub(super) fn facts(&self) -> MutexGuard<'_, BTreeMap<String, Option<String>>> {
        self.facts.lock().unwrap_or_else(PoisonError::into_inner)
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
