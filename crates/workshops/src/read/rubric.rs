//! What must hold of a case's rubric.

use std::collections::BTreeSet;

use scenarios::read::Problem;

use super::text::{RUBRIC_FILE, line_at, one_line, problem};
use crate::model::Rubric;

/// How many behaviours a rubric has: fewer say little about a team, and more nobody sees at once.
const BEHAVIOURS: std::ops::RangeInclusive<usize> = 3..=8;

/// Reads a rubric and finds everything that does not fit together; one without anything in it, where it cannot be read.
pub(super) fn read(text: Option<&str>, problems: &mut Vec<Problem>) -> Rubric {
    let see = "see content/workshops/ehr-go-live/rubric.toml";
    let Some(text) = text else {
        problems.push(problem(RUBRIC_FILE, 1, "nobody knows by what the team is rated", see));
        return Rubric::default();
    };
    match toml::from_str::<Rubric>(text) {
        Ok(rubric) => {
            check(&rubric, text, problems);
            rubric
        }
        Err(error) => {
            let line = error.span().map_or(1, |span| line_at(text, span.start));
            problems.push(problem(RUBRIC_FILE, line, &one_line(error.message()), see));
            Rubric::default()
        }
    }
}

fn check(rubric: &Rubric, text: &str, problems: &mut Vec<Problem>) {
    let mut say = |line: u32, what: &str, try_this: &str| {
        problems.push(problem(RUBRIC_FILE, line, what, try_this));
    };
    let count = rubric.behaviours.len();
    if !BEHAVIOURS.contains(&count) {
        let (least, most) = (BEHAVIOURS.start(), BEHAVIOURS.end());
        say(1, &format!("it has {count} behaviours"), &format!("describe {least} to {most}"));
    }
    if rubric.cites.is_empty() {
        say(1, "nobody can tell by what it was inspired", "name a source under cites, and when it was read");
    }
    let mut seen = BTreeSet::new();
    for one in &rubric.behaviours {
        let declared = format!("id = \"{}\"", one.id);
        let at = text.find(&declared).map_or(1, |at| line_at(text, at));
        let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if one.id.is_empty() || !one.id.chars().all(good) {
            let what = format!("'{}' cannot be the id of a behaviour", one.id);
            say(at, &what, "use lower-case letters, digits and hyphens");
        }
        if !seen.insert(one.id.as_str()) {
            say(at, &format!("there are two of the behaviour '{}'", one.id), "give each its own id");
        }
        let words = [&one.title, &one.look].into_iter().chain(&one.levels);
        if words.clone().any(|words| words.trim().is_empty()) {
            say(
                at,
                "something in it is empty",
                "write its title, where to look, and what is done at each level",
            );
        }
        if one.levels.iter().collect::<BTreeSet<_>>().len() < one.levels.len() {
            say(at, "two of its levels read alike", "say what can be seen at the one and not at the other");
        }
    }
}
