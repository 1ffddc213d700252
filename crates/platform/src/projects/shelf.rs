//! The projects among the content.

use std::sync::OnceLock;

use serde_json::Value;
use training::check::requests;
use training::content::{SourceFile, script, steps};
use training::lab::{Check, Step};
use training::problem::{Place, Problem};
use training::script::Script;
use training::text::Values;
use workshops::projects::{CHECKS_FILE, DEEDS, PROJECT_FILE, Project};

use crate::content;
use crate::labs::is_of_a_hospital;

/// The folder of projects in the content.
const FOLDER: &str = "projects/";

/// A project with what is asked of the team's hospital, and what its proving teams do there.
#[derive(Debug, Clone)]
pub struct Shelved {
    /// The project.
    pub project: Project,
    /// A step for each milestone that asks something of the hospital.
    pub(super) steps: Vec<Step>,
    pub(super) deeds: Vec<Script>,
}

impl Shelved {
    /// The checks, each with the milestone it belongs to.
    pub(super) fn checks(&self) -> impl Iterator<Item = (&str, &Check)> {
        self.steps.iter().flat_map(|step| step.checks.iter().map(|check| (step.id.as_str(), check)))
    }

    /// What to try where a check does not hold, from a nudge to a worked step.
    pub(super) fn hints(&self, milestone: &str, check: &str) -> &[String] {
        let found = self.checks().find(|(of, one)| *of == milestone && one.id == check);
        found.map(|(_, check)| check.hints.as_slice()).unwrap_or_default()
    }
}

/// The projects this program was built with; a test holds that they are without mistakes.
pub fn shelf() -> &'static [Shelved] {
    static SHELF: OnceLock<Vec<Shelved>> = OnceLock::new();
    SHELF.get_or_init(|| content::files(None).map(|files| check_projects(&files).0).unwrap_or_default())
}

/// A project by its slug.
pub fn project(id: &str) -> Option<&'static Shelved> {
    shelf().iter().find(|one| one.project.id == id)
}

/// The projects among these files (`projects/ID/…`), and everything that is wrong with them.
pub fn check_projects(files: &[SourceFile]) -> (Vec<Shelved>, Vec<Problem>) {
    let (folders, mut problems) = content::folders(files, FOLDER);
    let mut found = Vec::new();
    for (folder, texts) in folders {
        let root = format!("{FOLDER}{folder}/");
        let file_at = |path: &str| files.iter().find(|file| file.path == format!("{root}{path}"));
        let mut asked = file_at(CHECKS_FILE).map(steps).map_or_else(Vec::new, |checked| {
            problems.extend(checked.problems);
            checked.value
        });
        let checks_of = |milestone: &str| {
            let of = asked.iter().filter(|step| step.id == milestone).flat_map(|step| &step.checks);
            of.map(|check| check.id.clone()).collect()
        };
        let checked = workshops::projects::project(folder, &texts, &checks_of);
        problems.extend(checked.problems.into_iter().map(|problem| {
            let file = format!("{root}{}", problem.file);
            Place { file, line: problem.line, column: 1 }.problem(problem.what, problem.try_this)
        }));
        let Some(project) = checked.value else { continue };
        problems.extend(asked.iter().flat_map(|step| of_no_use(&project, step)));
        asked.retain(|step| project.milestone(&step.id).is_some());
        let mut deeds = Vec::new();
        for file in files.iter().filter(|file| file.path.starts_with(&format!("{root}{DEEDS}"))) {
            let read = script(file);
            problems.extend(read.problems);
            deeds.extend(read.value);
        }
        found.push(Shelved { project, steps: asked, deeds });
    }
    (found, problems)
}

/// What a check may name: the hospital, and its FHIR address.
pub(super) fn values_of(sandbox: &str) -> Values {
    Values::from([
        ("sandbox".to_owned(), Value::from(sandbox)),
        ("fhir".to_owned(), Value::from(format!("/s/{sandbox}/fhir"))),
    ])
}

/// Steps of no milestone, and checks that nothing but an attempt could answer.
fn of_no_use(project: &Project, step: &Step) -> Vec<Problem> {
    let mut problems = Vec::new();
    if project.milestone(&step.id).is_none() {
        let what = format!("there is no milestone '{}'", step.id);
        problems.push(step.place.problem(what, format!("take the id of one in {PROJECT_FILE}")));
    }
    for check in &step.checks {
        if !is_of_a_hospital(&check.kind) {
            let what = format!("the check '{}' asks for more than a hospital", check.id);
            problems.push(check.place.problem(what, "write fhir, journal, message, record or channel"));
        }
        if let Err(error) = requests(check, &values_of("x")) {
            problems.push(check.place.problem(error.to_string(), "a project knows {sandbox} and {fhir}"));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_projects_hold_no_mistake() {
        let (found, problems) = check_projects(&content::files(None).unwrap());
        assert!(problems.is_empty(), "{problems:#?}");
        let checked =
            |one: &Shelved| one.project.milestones.iter().filter(|one| !one.checks.is_empty()).count();
        assert!(found.iter().any(|one| checked(one) >= 2), "a project looks at its hospital");
    }

    #[test]
    fn a_check_that_a_hospital_cannot_answer_is_told() {
        let mut files = content::files(None).unwrap();
        let file = files.iter_mut().find(|file| file.path.ends_with("outreach-clinic/checks.toml")).unwrap();
        let more = "\n[[step]]\nid = \"nowhere\"\ntitle = \"x\"\n[[step.check]]\nkind = \"answer\"\nid = \"x\"\nask = \"x\"\ntruth = \"{who}\"\nhint = [\"x\"]\n";
        file.bytes.extend(more.bytes());
        let said: Vec<String> = check_projects(&files).1.iter().map(ToString::to_string).collect();
        for wanted in ["no milestone 'nowhere'", "asks for more than a hospital"] {
            assert!(said.iter().any(|problem| problem.contains(wanted)), "{wanted}: {said:#?}");
        }
    }
}
