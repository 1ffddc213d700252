use std::fmt;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use hospital::pathways::{Checked, Library, Problem, read};
use store::StoreError;

use super::files;

/// Why pathways cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PathwaysError {
    /// A file could not be read.
    #[error(transparent)]
    Unreadable(#[from] StoreError),
    /// The files hold mistakes: all of them, in order.
    #[error("{}", Listed(.0))]
    Wrong(Vec<Problem>),
    /// There is not one pathway, so nothing would ever happen to anybody.
    #[error("the content has no pathways: put some into its folder `pathways`")]
    None,
}

struct Listed<'a>(&'a [Problem]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.len();
        write!(f, "the pathways have {count} {}", if count == 1 { "problem" } else { "problems" })?;
        self.0.iter().try_for_each(|problem| write!(f, "\n  {problem}"))
    }
}

/// Reads the pathways of `folder`, or the built-in ones, with everything that is wrong with them.
///
/// # Errors
/// If a file cannot be read.
pub fn check_pathways(folder: Option<&Path>) -> Result<Checked<Library>, StoreError> {
    let files: Vec<(String, String)> = files(folder)?
        .into_iter()
        .filter(|file| file.path.starts_with("pathways/") && file.path.ends_with(".toml"))
        .map(|file| (file.path, String::from_utf8_lossy(&file.bytes).into_owned()))
        .collect();
    Ok(read(files.iter().map(|(path, text)| (path.as_str(), text.as_str()))))
}

/// Reads the pathways of `folder` and accepts no mistake in them. A folder without pathways gets the built-in ones, so
/// that somebody may bring labs of their own and keep the hospital.
///
/// # Errors
/// See [`PathwaysError`].
pub fn pathways(folder: Option<&Path>) -> Result<Arc<Library>, PathwaysError> {
    let Checked { value, problems } = check_pathways(folder)?;
    if !problems.is_empty() {
        return Err(PathwaysError::Wrong(problems));
    }
    let is_empty = value.titles().next().is_none();
    match (is_empty, folder) {
        (false, _) => Ok(Arc::new(value)),
        (true, Some(_)) => pathways(None),
        (true, None) => Err(PathwaysError::None),
    }
}

/// The pathways this program was built with, read once; a test holds that there are some.
pub(crate) fn built_in_pathways() -> Option<&'static Arc<Library>> {
    static LIBRARY: OnceLock<Option<Arc<Library>>> = OnceLock::new();
    LIBRARY.get_or_init(|| pathways(None).ok()).as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_pathways_hold_no_mistake() {
        let library = pathways(None).unwrap();
        assert!(library.titles().count() >= 14, "{:?}", library.titles().collect::<Vec<_>>());
    }

    #[test]
    fn a_folder_overrides_them_or_leaves_them() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(pathways(Some(folder.path())).unwrap().digest(), pathways(None).unwrap().digest());
        std::fs::create_dir_all(folder.path().join("pathways")).unwrap();
        std::fs::write(folder.path().join("pathways/own.toml"), "title = 5\nstrange = 1").unwrap();
        let error = pathways(Some(folder.path())).unwrap_err().to_string();
        assert!(error.contains("pathways/own.toml:1") && error.contains("pathways/own.toml:2"), "{error}");
    }
}
