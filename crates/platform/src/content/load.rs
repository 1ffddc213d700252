use std::fmt;
use std::path::Path;

use store::StoreError;
use training::content::Catalogue;
use training::problem::{Checked, Problem};

use super::files;

/// Why content cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ContentError {
    /// A file could not be read.
    #[error(transparent)]
    Unreadable(#[from] StoreError),
    /// The files hold mistakes: all of them, in order.
    #[error("{}", Listed(.0))]
    Wrong(Vec<Problem>),
}

struct Listed<'a>(&'a [Problem]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.len();
        write!(f, "the content has {count} {}", if count == 1 { "problem" } else { "problems" })?;
        self.0.iter().try_for_each(|problem| write!(f, "\n  {problem}"))
    }
}

/// Reads the content of `folder`, or the built-in content, with everything that is wrong with it.
///
/// # Errors
/// If a file cannot be read.
pub fn check(folder: Option<&Path>) -> Result<Checked<Catalogue>, StoreError> {
    let files = files(folder)?;
    let Checked { value, mut problems } = training::content::load(&files);
    problems.extend(crate::topology::check_hospitals(&files));
    problems.extend(crate::drills::check_networks(&files));
    let (scenarios, wrong) = crate::drills::check_scenarios(&files);
    problems.extend(wrong);
    for track in &value.tracks {
        let is_missing = |id: &&String| !scenarios.iter().any(|one| one.id == **id);
        let say = |id: &String| {
            let what = format!("there is no scenario `{id}`");
            track.place.problem(what, "name a folder of scenarios/")
        };
        problems.extend(track.drills.iter().filter(is_missing).map(say));
    }
    let knows = |id: &str| value.competencies.iter().any(|one| one.id == id);
    problems.extend(crate::record::check_apprenticeships(&files, knows));
    problems.extend(crate::readiness::check_jobs(&files, knows));
    problems.extend(crate::assessments::check_assessments(&files, knows));
    problems.sort();
    Ok(Checked { value, problems })
}

/// Reads the content of `folder`, or the built-in content, and accepts no mistake in it.
///
/// # Errors
/// See [`ContentError`].
pub fn load(folder: Option<&Path>) -> Result<Catalogue, ContentError> {
    let Checked { value, problems } = check(folder)?;
    if problems.is_empty() { Ok(value) } else { Err(ContentError::Wrong(problems)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_content_is_the_folder_and_holds_no_mistake() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
        assert_eq!(files(None).unwrap(), files(Some(&folder)).unwrap());
        let labs = load(None).map(|catalogue| catalogue.labs.len());
        assert!(labs.as_ref().is_ok_and(|labs| *labs > 0), "{labs:?}");
    }

    #[test]
    fn every_mistake_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let lab = folder.path().join("labs/empty");
        std::fs::create_dir_all(&lab).unwrap();
        std::fs::write(lab.join("lab.md"), "no front matter").unwrap();
        std::fs::write(lab.join("stray.txt"), "").unwrap();
        std::fs::write(lab.join(".swap"), "").unwrap();
        std::fs::create_dir_all(folder.path().join("tracks")).unwrap();
        let track = "title = \"T\"\nabout = \"A\"\norder = 1\nlabs = []\ndrills = [\"nowhere\"]\n";
        std::fs::write(folder.path().join("tracks/t.toml"), track).unwrap();
        let error = load(Some(folder.path())).unwrap_err();
        let ContentError::Wrong(problems) = &error else { panic!("{error}") };
        assert!(problems.iter().any(|problem| problem.place.file == "labs/empty/lab.md"), "{error}");
        assert!(problems.iter().any(|problem| problem.place.file == "labs/empty/stray.txt"), "{error}");
        assert!(!error.to_string().contains(".swap"), "{error}");
        assert!(error.to_string().contains("there is no scenario `nowhere`"), "{error}");
    }

    #[test]
    fn a_folder_that_is_not_there_is_told_by_name() {
        let error = load(Some(Path::new("no/such/folder"))).unwrap_err().to_string();
        assert!(error.contains("no/such/folder"), "{error}");
    }
}
