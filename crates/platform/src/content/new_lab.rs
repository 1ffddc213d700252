use std::fs;
use std::path::{Path, PathBuf};

use store::StoreError;
use training::template::{self, InvalidSlug};

/// Why a new lab was not written.
#[derive(Debug, thiserror::Error)]
pub enum NewLabError {
    /// The slug is no slug.
    #[error(transparent)]
    Slug(#[from] InvalidSlug),
    /// There is a lab of that name, or a file could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Writes a small lab that verifies into the content folder `into`, to start a new one from. Returns its folder.
///
/// # Errors
/// See [`NewLabError`]; a lab that exists is left as it is.
pub fn new_lab(slug: &str, into: &Path) -> Result<PathBuf, NewLabError> {
    let files = template::files(slug)?;
    let lab = into.join("labs").join(slug);
    if lab.exists() {
        let what = format!("{} exists already; choose another name", lab.display());
        return Err(StoreError::Conflict { what }.into());
    }
    for file in files {
        let path = into.join(&file.path);
        let folder = path.parent().unwrap_or(into);
        fs::create_dir_all(folder).map_err(StoreError::io(folder))?;
        fs::write(&path, file.bytes).map_err(StoreError::io(&path))?;
    }
    Ok(lab)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_lab_is_written_once() {
        let folder = tempfile::tempdir().unwrap();
        let lab = new_lab("late-result", folder.path()).unwrap();
        assert!(fs::read_to_string(lab.join("lab.md")).unwrap().contains("late-result"));
        assert!(matches!(new_lab("late-result", folder.path()), Err(NewLabError::Store(_))));
        assert!(matches!(new_lab("Late Result", folder.path()), Err(NewLabError::Slug(_))));
    }
}
