use std::fs;
use std::path::Path;

use store::StoreError;

use super::folders::{KEPT, copy_all, make, remove};
use super::{Backup, sums};

/// Whether a data folder holds anything that a restore would replace.
pub fn holds_data(data: &Path) -> bool {
    KEPT.iter().any(|name| data.join(name).exists())
}

/// Puts the backup in `from` back into the folder `data`, in place of what it holds. Nobody may be using that folder.
///
/// Everything is copied before anything is replaced, so a backup that cannot be read leaves the folder as it was.
///
/// # Errors
/// [`StoreError::NotFound`] if `from` is no backup, [`StoreError::Damaged`] if it is of another version or a file of
/// it is not as it was written.
pub fn restore(from: &Path, data: &Path) -> Result<Backup, StoreError> {
    let backup = Backup::read(from)?;
    sums::check(from, &backup.sums)?;
    let fresh = data.join("restore.partial");
    remove(&fresh)?;
    make(&fresh)?;
    for name in KEPT {
        let source = from.join(name);
        if source.exists() {
            copy_all(&source, &fresh.join(name))?;
        }
    }
    // The write-ahead log of the old records must not be replayed into the new ones.
    for name in KEPT.iter().chain(&["platform.sqlite-wal", "platform.sqlite-shm"]) {
        remove(&data.join(name))?;
    }
    for name in KEPT.iter().filter(|name| fresh.join(name).exists()) {
        let place = data.join(name);
        fs::rename(fresh.join(name), &place).map_err(StoreError::io(&place))?;
    }
    remove(&fresh)?;
    Ok(backup)
}
