use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::handle::{Sandbox, State, hospital_file};
use crate::StoreError;
use crate::journal::{self, Hash, NewEntry};
use crate::sqlite::{facts, open_overlay};

impl Sandbox {
    /// Keeps the hospital as it is now under `name`, replacing an older snapshot of that name.
    pub fn take_snapshot(&self, name: &str, event: &NewEntry) -> Result<(), StoreError> {
        let path = self.snapshot_file(name)?;
        let mut state = self.state();
        state.transact(|change| change.note(event))?;
        copy_out(&state, self.folder(), &path)
    }

    /// The names of the snapshots, sorted.
    pub fn snapshots(&self) -> Result<Vec<String>, StoreError> {
        let folder = self.folder().join("snapshots");
        if !folder.exists() {
            return Ok(Vec::new());
        }
        let mut names = Vec::new();
        for file in fs::read_dir(&folder).map_err(StoreError::io(&folder))? {
            let file = file.map_err(StoreError::io(&folder))?.file_name();
            names.extend(file.to_string_lossy().strip_suffix(".sqlite").map(str::to_owned));
        }
        names.sort();
        Ok(names)
    }

    /// Makes the hospital what it was when snapshot `name` was taken. The journal continues from the snapshot's, with
    /// an entry made by `event` from the place and hash where the abandoned journal ended.
    pub fn return_to_snapshot(
        &self,
        name: &str,
        event: impl FnOnce(i64, Hash) -> NewEntry,
    ) -> Result<(), StoreError> {
        let path = self.snapshot_file(name)?;
        if !path.exists() {
            return Err(StoreError::NotFound { what: format!("snapshot '{name}'") });
        }
        self.replace_with(&path, &[], event)
    }

    /// Copies the whole hospital file, journal included, to `path` while it stays in use.
    pub fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        let mut state = self.state();
        state.transact(|_| Ok::<_, StoreError>(()))?;
        copy_out(&state, self.folder(), path)
    }

    /// Puts a copy of the file at `source` in the place of the hospital file, with named facts and the entry about it
    /// already inside.
    pub(super) fn replace_with(
        &self,
        source: &Path,
        named_facts: &[(&str, &str)],
        event: impl FnOnce(i64, Hash) -> NewEntry,
    ) -> Result<(), StoreError> {
        let mut state = self.state();
        state.transact(|_| Ok::<_, StoreError>(()))?;
        let event = event(state.tail.seq, state.tail.hash);
        let fresh = self.folder().join("next.sqlite");
        prepare(source, &fresh, named_facts, &event)?;
        state.close()?;
        let swapped = swap_in(&fresh, &hospital_file(self.folder()));
        state.reopen(self.folder(), self.image())?;
        self.facts().clear();
        swapped
    }

    /// Snapshot names are path parts: letters, digits, hyphens and underscores only.
    fn snapshot_file(&self, name: &str) -> Result<PathBuf, StoreError> {
        let good = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if name.is_empty() || name.len() > 64 || !name.chars().all(good) {
            return Err(StoreError::NotFound {
                what: format!(
                    "a snapshot named '{name}' (use up to 64 letters, digits, hyphens, underscores)"
                ),
            });
        }
        Ok(self.folder().join("snapshots").join(format!("{name}.sqlite")))
    }
}

impl State {
    /// Lets go of the file, leaving a connection to nothing in its place.
    fn close(&mut self) -> Result<(), StoreError> {
        let open = std::mem::replace(&mut self.connection, Connection::open_in_memory()?);
        open.close().map_err(|(_, error)| StoreError::Sqlite(error))
    }
}

/// Copies the hospital file out, with everything the write-ahead log still held.
fn copy_out(state: &State, folder: &Path, to: &Path) -> Result<(), StoreError> {
    state.connection.query_row("PRAGMA main.wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    let parent = to.parent().unwrap_or(folder);
    fs::create_dir_all(parent).map_err(StoreError::io(parent))?;
    let partial = to.with_extension("partial");
    copy_durably(&hospital_file(folder), &partial)?;
    fs::rename(&partial, to).map_err(StoreError::io(to))
}

/// A rename is atomic: a crash leaves the old hospital or the new one. The old write-ahead log must go first, since
/// SQLite would replay it into the new file; it is empty, because closing the last connection folds it in.
fn swap_in(fresh: &Path, hospital: &Path) -> Result<(), StoreError> {
    forget_log(hospital)?;
    fs::rename(fresh, hospital).map_err(StoreError::io(hospital))
}

/// Removes the write-ahead log that belonged to an earlier file of this name.
pub(super) fn forget_log(database: &Path) -> Result<(), StoreError> {
    let log = database.with_extension("sqlite-wal");
    if log.exists() { fs::remove_file(&log).map_err(StoreError::io(&log)) } else { Ok(()) }
}

/// Makes a hospital file that nobody uses yet: a copy of `source` with these facts and this entry, all on disk.
pub(super) fn prepare(
    source: &Path,
    file: &Path,
    named_facts: &[(&str, &str)],
    event: &NewEntry,
) -> Result<(), StoreError> {
    forget_log(file)?;
    fs::copy(source, file).map_err(StoreError::io(source))?;
    let connection = open_overlay(file)?;
    // Nothing is promised until the file as a whole is on disk, so the steps on the way need not be.
    connection.execute_batch("PRAGMA synchronous = OFF")?;
    let transaction = connection.unchecked_transaction()?;
    for (name, value) in named_facts {
        facts::set(&transaction, name, value)?;
    }
    journal::append(&transaction, journal::tail(&transaction)?, event)?;
    transaction.commit()?;
    connection.close().map_err(|(_, error)| StoreError::Sqlite(error))?;
    sync(file)
}

fn copy_durably(from: &Path, to: &Path) -> Result<(), StoreError> {
    fs::copy(from, to).map_err(StoreError::io(from))?;
    sync(to)
}

fn sync(file: &Path) -> Result<(), StoreError> {
    fs::File::open(file).and_then(|open| open.sync_all()).map_err(StoreError::io(file))
}
