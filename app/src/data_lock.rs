//! One server at a time on a data folder.

use std::fs::{File, TryLockError};
use std::path::Path;

use anyhow::{Context, bail};

use crate::run_file::RunFile;

/// The right to write to a data folder. The operating system takes it back when the process ends, however it ends.
#[derive(Debug)]
pub(crate) struct DataLock {
    _file: File,
}

impl DataLock {
    /// Makes the data folder if needed, and locks it.
    ///
    /// # Errors
    /// If another server runs on it, or it cannot be written to.
    pub(crate) fn take(data: &Path) -> anyhow::Result<Self> {
        let folder = data.display();
        std::fs::create_dir_all(data).with_context(|| format!("the data folder {folder} cannot be made"))?;
        let file = File::create(data.join("lock"))
            .with_context(|| format!("the data folder {folder} cannot be written to"))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => {
                let at = RunFile::read(data).map_or_else(String::new, |info| format!(" at {}", info.url));
                bail!(
                    "a server already runs on {folder}{at}; stop it first, or choose another folder with --data"
                )
            }
            Err(TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("the data folder {folder} cannot be locked"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_belongs_to_one_server_until_it_stops() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("new/data");
        let first = DataLock::take(&data).unwrap();
        let refused = DataLock::take(&data).unwrap_err().to_string();
        assert!(refused.contains("already runs"), "{refused}");
        drop(first);
        DataLock::take(&data).unwrap();
    }
}
