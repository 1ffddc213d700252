//! The jobs among the content.

use std::sync::OnceLock;

use placements::readiness::Job;
use training::content::SourceFile;
use training::problem::{Place, Problem};

use crate::content::files;

const FOLDER: &str = "jobs/";

/// The jobs this program was built with, by their ids; a test holds that they are without mistakes.
pub fn jobs() -> &'static [Job] {
    static SHELF: OnceLock<Vec<Job>> = OnceLock::new();
    SHELF.get_or_init(|| files(None).map(|files| read(&files).0).unwrap_or_default())
}

/// The job with this id.
pub fn job(id: &str) -> Option<&'static Job> {
    jobs().iter().find(|one| one.id == id)
}

fn read(files: &[SourceFile]) -> (Vec<Job>, Vec<Problem>) {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for file in files {
        let Some(name) = file.path.strip_prefix(FOLDER) else { continue };
        match Job::parse(&String::from_utf8_lossy(&file.bytes)) {
            Ok(job) if name.strip_suffix(".toml") == Some(&job.id) => found.push(job),
            Ok(job) => {
                let what = format!("the id `{}` is not the name of the file", job.id);
                problems.push(Place::start(&file.path).problem(what, "let them be the same"));
            }
            Err(error) => {
                problems.push(Place::start(&file.path).problem(error, "compare it with another job"));
            }
        }
    }
    (found, problems)
}

/// Everything that is wrong with the jobs among these files. `knows` says whether there is a competency.
pub(crate) fn check_jobs(files: &[SourceFile], knows: impl Fn(&str) -> bool) -> Vec<Problem> {
    let (jobs, mut problems) = read(files);
    for job in jobs {
        let path = format!("{FOLDER}{}.toml", job.id);
        for ask in job.asks.iter().filter(|ask| !knows(&ask.competency)) {
            let what = format!("there is no competency `{}`", ask.competency);
            problems.push(Place::start(&path).problem(what, "name one of content/competencies"));
        }
    }
    problems
}
