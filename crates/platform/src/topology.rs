//! The systems and interfaces of the hospital, from its file in `content/hospitals`.

use std::sync::OnceLock;

use hospital::topology::{Topology, read};
use training::content::SourceFile;
use training::problem::{Place, Problem};

/// The hospital that every image is made for.
const DEFAULT: &str = include_str!("../../../content/hospitals/default.toml");

/// The systems and interfaces of the hospital. A test holds that its file is without mistakes.
pub fn topology() -> &'static Topology {
    static TOPOLOGY: OnceLock<Topology> = OnceLock::new();
    TOPOLOGY.get_or_init(|| read(DEFAULT).value)
}

/// Everything that is wrong with the hospitals among these files (`hospitals/*.toml`); what they run on is read elsewhere.
pub fn check_hospitals(files: &[SourceFile]) -> Vec<Problem> {
    let hospitals = files
        .iter()
        .filter(|file| file.path.starts_with("hospitals/") && !file.path.ends_with(".network.toml"));
    hospitals.flat_map(problems_of).collect()
}

fn problems_of(file: &SourceFile) -> Vec<Problem> {
    let Ok(text) = std::str::from_utf8(&file.bytes) else {
        return vec![Place::start(&file.path).problem("this is not UTF-8 text", "save it as UTF-8")];
    };
    let problems = read(text).problems.into_iter().map(|problem| {
        let place = Place { file: file.path.clone(), line: problem.line, column: 1 };
        place.problem(problem.what, problem.try_this)
    });
    problems.collect()
}
