//! One server at a time on a data folder.

use std::fs::{DirBuilder, File, TryLockError};
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
        make_private(data).with_context(|| format!("the data folder {folder} cannot be made"))?;
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

/// Makes a folder that only its owner may look into: it holds password hashes and learners' work.
fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
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

    #[cfg(unix)]
    #[test]
    fn a_new_folder_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let _lock = DataLock::take(&data).unwrap();
        assert_eq!(std::fs::metadata(data).unwrap().permissions().mode() & 0o777, 0o700);
    }
}
