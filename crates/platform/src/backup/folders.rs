use std::fs;
use std::path::Path;

use store::StoreError;

/// What a data folder keeps. Everything else in it belongs to the running program.
pub(super) const KEPT: [&str; 3] = ["platform.sqlite", "images", "sandboxes"];

/// Makes a folder with its parents.
pub(super) fn make(folder: &Path) -> Result<(), StoreError> {
    fs::create_dir_all(folder).map_err(StoreError::io(folder))
}

/// Copies a file so that it survives a crash, and returns its size in bytes.
pub(super) fn copy_file(from: &Path, to: &Path) -> Result<u64, StoreError> {
    let size = fs::copy(from, to).map_err(StoreError::io(from))?;
    fs::File::open(to).and_then(|file| file.sync_all()).map_err(StoreError::io(to))?;
    Ok(size)
}

/// Copies a file or a folder with all that is in it, and returns the size in bytes. What is being written just now has a
/// name that ends in `.partial`, and is left out.
pub(super) fn copy_all(from: &Path, to: &Path) -> Result<u64, StoreError> {
    if !from.is_dir() {
        return copy_file(from, to);
    }
    make(to)?;
    let mut size = 0;
    for entry in fs::read_dir(from).map_err(StoreError::io(from))? {
        let name = entry.map_err(StoreError::io(from))?.file_name();
        if Path::new(&name).extension().is_some_and(|ending| ending == "partial") {
            continue;
        }
        size += copy_all(&from.join(&name), &to.join(&name))?;
    }
    Ok(size)
}

/// Removes a file or a folder with all that is in it, if it is there.
pub(super) fn remove(path: &Path) -> Result<(), StoreError> {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match removed {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(StoreError::io(path)(error)),
        _ => Ok(()),
    }
}
