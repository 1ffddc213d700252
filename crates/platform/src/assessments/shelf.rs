//! The assessments among the content.

use std::sync::OnceLock;

use placements::assessments::Assessment;
use training::content::SourceFile;
use training::problem::{Place, Problem};

use crate::content::{Named, files};

const ASSESSMENTS: Named<Assessment> =
    Named { folder: "assessments/", word: "assessment", parse: Assessment::parse, id: |one| &one.id };

/// The assessments this program was built with, by their ids; a test holds that they are without mistakes.
pub fn assessments() -> &'static [Assessment] {
    static SHELF: OnceLock<Vec<Assessment>> = OnceLock::new();
    SHELF.get_or_init(|| files(None).map(|files| ASSESSMENTS.read(&files).0).unwrap_or_default())
}

/// The assessment with this id.
pub fn assessment(id: &str) -> Option<&'static Assessment> {
    assessments().iter().find(|one| one.id == id)
}

/// Everything that is wrong with the assessments among these files. `knows` says whether there is a competency.
pub(crate) fn check_assessments(files: &[SourceFile], knows: impl Fn(&str) -> bool) -> Vec<Problem> {
    let (found, mut problems) = ASSESSMENTS.read(files);
    for one in found {
        let path = ASSESSMENTS.path(&one.id);
        for pair in one.pairs.iter().filter(|pair| !knows(&pair.competency)) {
            let what = format!("there is no competency `{}`", pair.competency);
            problems.push(Place::start(&path).problem(what, "name one of content/competencies"));
        }
    }
    problems
}
