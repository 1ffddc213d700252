use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use crate::StoreError;

/// Connections that only read. Every request looks up its caller here, and none should wait for a write to reach
/// the disk.
const READERS: usize = 4;

/// Statements kept compiled per connection: more than there are in this module.
const STATEMENTS_KEPT: usize = 64;

/// One connection that writes and a few that read, as SQLite's write-ahead log allows side by side.
pub(super) struct Connections {
    // Fields are dropped in order: the writer closes last and folds the log into the file, which readers may not.
    readers: Vec<Mutex<Connection>>,
    writer: Mutex<Connection>,
    turn: AtomicUsize,
}

impl Connections {
    /// Opens the file, creating it if needed; `prepare` runs on the writer before anyone reads.
    pub(super) fn open(
        path: &Path,
        prepare: impl FnOnce(&mut Connection) -> Result<(), StoreError>,
    ) -> Result<Self, StoreError> {
        let mut writer = Connection::open(path)?;
        writer.execute_batch(
            "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             PRAGMA foreign_keys = OFF;",
        )?;
        writer.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
        prepare(&mut writer)?;
        // Only now: a migration that makes a table anew drops the old one, and must not take with it what refers to it.
        writer.execute_batch("PRAGMA foreign_keys = ON;")?;
        let readers = (0..READERS).map(|_| reader(path).map(Mutex::new)).collect::<Result<_, _>>()?;
        Ok(Self { writer: Mutex::new(writer), readers, turn: AtomicUsize::new(0) })
    }

    /// Runs `work` on a reading connection: the first that is free, else the next in turn.
    pub(super) fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if let Some(free) = self.readers.iter().find_map(|reader| reader.try_lock().ok()) {
            return work(&free);
        }
        let turn = self.turn.fetch_add(1, Ordering::Relaxed) % self.readers.len();
        work(&lock(&self.readers[turn]))
    }

    /// Runs `work` in a transaction that is on disk when this returns `Ok`, and never happened when it returns `Err`.
    pub(super) fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut writer = lock(&self.writer);
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = work(&transaction)?;
        transaction.commit()?;
        Ok(value)
    }
}

fn reader(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.execute_batch("PRAGMA busy_timeout = 5000;")?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    Ok(connection)
}

/// A panic elsewhere leaves a connection usable: its open transaction was rolled back as it unwound.
fn lock(connection: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}
