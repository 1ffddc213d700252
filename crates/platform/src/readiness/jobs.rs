//! The jobs among the content.

use std::sync::OnceLock;

use placements::readiness::Job;
use training::content::SourceFile;
use training::problem::{Place, Problem};

use crate::content::{Named, files};

const JOBS: Named<Job> = Named { folder: "jobs/", word: "job", parse: Job::parse, id: |one| &one.id };

/// The jobs this program was built with, by their ids; a test holds that they are without mistakes.
pub fn jobs() -> &'static [Job] {
    static SHELF: OnceLock<Vec<Job>> = OnceLock::new();
    SHELF.get_or_init(|| files(None).map(|files| JOBS.read(&files).0).unwrap_or_default())
}

/// The job with this id.
pub fn job(id: &str) -> Option<&'static Job> {
    jobs().iter().find(|one| one.id == id)
}

/// Everything that is wrong with the jobs among these files. `knows` says whether there is a competency.
pub(crate) fn check_jobs(files: &[SourceFile], knows: impl Fn(&str) -> bool) -> Vec<Problem> {
    let (jobs, mut problems) = JOBS.read(files);
    for job in jobs {
        let path = JOBS.path(&job.id);
        for ask in job.asks.iter().filter(|ask| !knows(&ask.competency)) {
            let what = format!("there is no competency `{}`", ask.competency);
            problems.push(Place::start(&path).problem(what, "name one of content/competencies"));
        }
    }
    problems
}
