//! The cases among the content.

use std::sync::OnceLock;

use scenarios::model::Scenario;
use training::content::SourceFile;
use training::problem::{Place, Problem};
use workshops::model::Case;

use crate::content;

/// The folder of cases in the content.
const FOLDER: &str = "workshops/";

/// The cases this program was built with, each with the drill beneath it; a test holds that they are without mistakes.
fn kept() -> &'static [(Case, Scenario)] {
    static SHELF: OnceLock<Vec<(Case, Scenario)>> = OnceLock::new();
    SHELF.get_or_init(|| {
        let cases = content::files(None).map(|files| check_cases(&files).0).unwrap_or_default();
        cases.into_iter().map(|case| (case.world(), case)).map(|(world, case)| (case, world)).collect()
    })
}

/// The cases this program was built with.
pub fn shelf() -> impl Iterator<Item = &'static Case> {
    kept().iter().map(|(case, _)| case)
}

/// A case by its slug.
pub fn case(id: &str) -> Option<&'static Case> {
    shelf().find(|case| case.id == id)
}

/// The scenario of a drill beneath a workshop, by its slug.
pub(crate) fn world(id: &str) -> Option<&'static Scenario> {
    kept().iter().map(|(_, world)| world).find(|world| world.id == id)
}

/// The scenario beneath a case.
pub(super) fn world_of(case: &str) -> Option<&'static Scenario> {
    kept().iter().find(|(one, _)| one.id == case).map(|(_, world)| world)
}

/// The cases among these files (`workshops/ID/…`), and everything that is wrong with them.
pub fn check_cases(files: &[SourceFile]) -> (Vec<Case>, Vec<Problem>) {
    let (folders, mut problems) = content::folders(files, FOLDER);
    let mut found = Vec::new();
    for (folder, files) in folders {
        let checked = workshops::read::case(folder, &files);
        found.extend(checked.value);
        problems.extend(checked.problems.into_iter().map(|problem| {
            let file = format!("{FOLDER}{folder}/{}", problem.file);
            Place { file, line: problem.line, column: 1 }.problem(problem.what, problem.try_this)
        }));
    }
    (found, problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cases_hold_no_mistake() {
        let (found, problems) = check_cases(&content::files(None).unwrap());
        assert!(problems.is_empty(), "{problems:#?}");
        assert!(!found.is_empty());
    }
}
