//! The assessments among the content.

use std::sync::OnceLock;

use placements::assessments::Assessment;
use training::content::SourceFile;
use training::problem::{Place, Problem};

use crate::content::files;

const FOLDER: &str = "assessments/";

/// The assessments this program was built with, by their ids; a test holds that they are without mistakes.
pub fn assessments() -> &'static [Assessment] {
    static SHELF: OnceLock<Vec<Assessment>> = OnceLock::new();
    SHELF.get_or_init(|| files(None).map(|files| read(&files).0).unwrap_or_default())
}

/// The assessment with this id.
pub fn assessment(id: &str) -> Option<&'static Assessment> {
    assessments().iter().find(|one| one.id == id)
}

fn read(files: &[SourceFile]) -> (Vec<Assessment>, Vec<Problem>) {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for file in files {
        let Some(name) = file.path.strip_prefix(FOLDER) else { continue };
        match Assessment::parse(&String::from_utf8_lossy(&file.bytes)) {
            Ok(one) if name.strip_suffix(".toml") == Some(&one.id) => found.push(one),
            Ok(one) => {
                let what = format!("the id `{}` is not the name of the file", one.id);
                problems.push(Place::start(&file.path).problem(what, "let them be the same"));
            }
            Err(error) => {
                problems.push(Place::start(&file.path).problem(error, "compare it with another assessment"));
            }
        }
    }
    (found, problems)
}

/// Everything that is wrong with the assessments among these files. `knows` says whether there is a competency.
pub(crate) fn check_assessments(files: &[SourceFile], knows: impl Fn(&str) -> bool) -> Vec<Problem> {
    let (found, mut problems) = read(files);
    for one in found {
        let path = format!("{FOLDER}{}.toml", one.id);
        for pair in one.pairs.iter().filter(|pair| !knows(&pair.competency)) {
            let what = format!("there is no competency `{}`", pair.competency);
            problems.push(Place::start(&path).problem(what, "name one of content/competencies"));
        }
    }
    problems
}
