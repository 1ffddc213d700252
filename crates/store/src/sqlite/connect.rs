use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::schema::{IMAGE, OVERLAY, REFERENCES_OF, SCHEMA_VERSION, SHARED};
use crate::StoreError;
use crate::sandbox::channels::schema::CHANNELS;
use crate::sandbox::systems::schema::SYSTEMS;

/// Statements kept compiled per connection. Each costs some kilobytes, and thousands of sandboxes may be open.
const STATEMENTS_KEPT: usize = 24;

/// A new image file to fill: no rollback journal, because a half-written image is thrown away. Its pages are large
/// because bodies are, and what does not fit on a page is lost on it.
pub(crate) fn create_image(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open(path)?;
    connection.execute_batch(
        "PRAGMA page_size = 16384; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
         PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -65536;",
    )?;
    connection.execute_batch(SHARED)?;
    connection.execute_batch(IMAGE)?;
    connection.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    Ok(connection)
}

/// A new, empty sandbox file, already in write-ahead mode.
pub(crate) fn create_overlay(path: &Path) -> Result<(), StoreError> {
    let connection = Connection::open(path)?;
    connection.execute_batch("PRAGMA page_size = 4096; PRAGMA journal_mode = WAL;")?;
    connection
        .execute_batch(&format!("BEGIN; {SHARED} {OVERLAY} {SYSTEMS} {CHANNELS} {REFERENCES_OF} COMMIT;"))?;
    connection.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    connection.close().map_err(|(_, error)| StoreError::Sqlite(error))
}

/// Opens a sandbox file for this process alone. A commit is in the write-ahead log when it returns; who acknowledges it
/// brings the log to the disk first. SQLite itself does so before it folds the log into the file.
pub(crate) fn open_overlay(path: &Path) -> Result<Connection, StoreError> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.execute_batch(
        "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
         PRAGMA temp_store = MEMORY; PRAGMA cache_size = -512; PRAGMA wal_autocheckpoint = 1000;",
    )?;
    check_version(&connection, path)?;
    // Without this, SQLite plans a statement anew for each value bound to it, which costs more than running it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    Ok(connection)
}

/// Attaches the image as schema `image`: read-only, immutable, mapped into memory and so shared by all sandboxes.
pub(crate) fn attach_image(connection: &Connection, image: &Path) -> Result<(), StoreError> {
    let uri = format!("file:{}?mode=ro&immutable=1", uri_path(image));
    connection.execute("ATTACH DATABASE ?1 AS image", [uri])?;
    connection.execute_batch("PRAGMA image.mmap_size = 2147418112; PRAGMA image.cache_size = -64;")?;
    Ok(())
}

/// Refuses a file that another version of this crate wrote.
pub(crate) fn check_version(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let found: i64 = connection.query_row("PRAGMA main.user_version", [], |row| row.get(0))?;
    if found == SCHEMA_VERSION {
        return Ok(());
    }
    Err(StoreError::Damaged {
        what: format!("{} (format {found}, expected {SCHEMA_VERSION})", path.display()),
    })
}

/// A path as the path part of a SQLite URI, where `?`, `#` and `%` mean something.
fn uri_path(path: &Path) -> String {
    path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}
