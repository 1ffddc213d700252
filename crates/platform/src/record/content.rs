//! The rules and schedules among the content.

use std::sync::OnceLock;

use placements::record::{Rules, Schedule};
use training::content::SourceFile;
use training::problem::{Place, Problem};

use crate::content::{Named, files};

const RULES: &str = "apprenticeships/rules.toml";
const SCHEDULES: Named<Schedule> = Named {
    folder: "apprenticeships/schedules/",
    word: "schedule",
    parse: Schedule::parse,
    id: |one| &one.id,
};

struct Shelf {
    rules: Rules,
    schedules: Vec<Schedule>,
}

/// What this program was built with; a test holds that it is without mistakes.
fn shelf() -> &'static Shelf {
    static SHELF: OnceLock<Shelf> = OnceLock::new();
    SHELF.get_or_init(|| {
        let files = files(None).unwrap_or_default();
        let rules = files.iter().find(|file| file.path == RULES);
        let rules = rules.map(|file| Rules::parse(&String::from_utf8_lossy(&file.bytes)));
        let rules = rules.and_then(Result::ok).expect("the rules of apprenticeships are built in");
        Shelf { schedules: SCHEDULES.read(&files).0, rules }
    })
}

/// What law and house ask of a record.
pub fn record_rules() -> &'static Rules {
    &shelf().rules
}

/// The schedules there are, by their ids.
pub fn schedules() -> &'static [Schedule] {
    &shelf().schedules
}

/// The schedule with this id.
pub fn schedule(id: &str) -> Option<&'static Schedule> {
    schedules().iter().find(|one| one.id == id)
}

/// Everything that is wrong with the rules and schedules among these files. `knows` says whether there is a competency.
pub(crate) fn check_apprenticeships(files: &[SourceFile], knows: impl Fn(&str) -> bool) -> Vec<Problem> {
    let (schedules, mut problems) = SCHEDULES.read(files);
    let Some(file) = files.iter().find(|file| file.path == RULES) else { return problems };
    let rules = match Rules::parse(&String::from_utf8_lossy(&file.bytes)) {
        Ok(rules) => rules,
        Err(error) => {
            problems.push(Place::start(RULES).problem(error, "compare it with the rules that are shipped"));
            return problems;
        }
    };
    for schedule in schedules {
        let path = SCHEDULES.path(&schedule.id);
        for (what, advice) in schedule.problems(&rules) {
            problems.push(Place::start(&path).problem(what, advice));
        }
        for asked in schedule.entrust.iter().filter(|asked| !knows(&asked.competency)) {
            let what = format!("there is no competency `{}`", asked.competency);
            problems.push(Place::start(&path).problem(what, "name one of content/competencies"));
        }
    }
    problems
}
