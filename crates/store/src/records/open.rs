use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use super::connections::Connections;
use super::schema::migrate;
use crate::StoreError;

/// The platform's tables. Cheap to share behind an `Arc`; every function may be called from any thread.
pub struct Records {
    pub(super) connections: Connections,
    path: PathBuf,
}

impl Records {
    /// Opens the database at `path`, creating it or bringing its tables up to date first.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`] if the file cannot be opened or is no database, [`StoreError::Damaged`] if a newer
    /// program wrote it.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let name = path.display().to_string();
        let connections = Connections::open(path, |writer| migrate(writer, &name))?;
        Ok(Self { connections, path: path.to_owned() })
    }

    /// Writes a consistent copy to `target` while others keep reading and writing; it replaces what stood there, at
    /// once and only when the copy is whole.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`] or [`StoreError::Io`] if the copy cannot be written; `target` is then as before.
    pub fn backup_to(&self, target: &Path) -> Result<(), StoreError> {
        let partial = target.with_extension("partial");
        match std::fs::remove_file(&partial) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(StoreError::io(&partial)(error));
            }
            _ => self.copy_to(&partial)?,
        }
        std::fs::rename(&partial, target).map_err(StoreError::io(target))
    }

    /// Copies all pages in one step: inside one read transaction of the write-ahead log, so writers are not held up
    /// and the copy never starts again.
    fn copy_to(&self, partial: &Path) -> Result<(), StoreError> {
        let source = Connection::open(&self.path)?;
        let mut copy = Connection::open(partial)?;
        let outcome = Backup::new(&source, &mut copy)?.step(-1)?;
        if outcome != StepResult::Done {
            return Err(StoreError::Conflict {
                what: format!("{} is locked by another program; try the backup again", self.path.display()),
            });
        }
        // A plain single file: whoever restores it needs no write-ahead log beside it.
        copy.pragma_update(None, "journal_mode", "DELETE")?;
        copy.close().map_err(|(_, error)| StoreError::Sqlite(error))
    }
}
