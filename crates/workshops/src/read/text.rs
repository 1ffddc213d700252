use scenarios::read::Problem;

use super::{rubric, rules, teams};
use crate::model::{Case, Team};

/// The file of a case in its folder.
pub const CASE_FILE: &str = "workshop.md";
/// The facilitator's guide beside it. The teams that prove the case lie in `teams`.
pub const GUIDE_FILE: &str = "facilitator.md";
/// What two raters look for.
pub const RUBRIC_FILE: &str = "rubric.toml";

/// A case, and everything that is wrong with its files.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// The case, if it could be read at all.
    pub value: Option<Case>,
    /// All problems, by file and line.
    pub problems: Vec<Problem>,
}

/// Reads the files of a case's folder, each as its path in there and its text.
#[must_use]
pub fn case(folder: &str, files: &[(&str, &str)]) -> Checked {
    let find = |name: &str| files.iter().find(|(path, _)| *path == name).map(|(_, text)| *text);
    let Some(text) = find(CASE_FILE) else {
        return hopeless(1, "this case has no workshop.md", "see content/workshops/ehr-go-live");
    };
    let Some((front, briefing)) = text.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n"))
    else {
        let try_this = "put TOML between two lines +++ at the top of the file";
        return hopeless(1, "there is no front matter", try_this);
    };
    let mut case: Case = match toml::from_str(front) {
        Ok(case) => case,
        Err(error) => {
            // The front matter begins on the second line of the file.
            let line = error.span().map_or(1, |span| line_at(front, span.start)) + 1;
            return hopeless(
                line,
                &one_line(error.message()),
                "see the same entry in content/workshops/ehr-go-live",
            );
        }
    };
    case.briefing = briefing.trim().to_owned();
    let mut problems = Vec::new();
    match find(GUIDE_FILE) {
        Some(guide) => case.guide = guide.trim().to_owned(),
        None => {
            problems.push(problem(GUIDE_FILE, 1, "there is no guide", "tell the facilitator how to run it"));
        }
    }
    case.rubric = rubric::read(find(RUBRIC_FILE), &mut problems);
    for (path, text) in files {
        let Some(id) = path.strip_prefix("teams/").and_then(|name| name.strip_suffix(".toml")) else {
            continue;
        };
        match toml::from_str::<Team>(text) {
            Ok(team) => case.teams.push(Team { id: id.to_owned(), ..team }),
            Err(error) => {
                let line = error.span().map_or(1, |span| line_at(text, span.start));
                let try_this = "see the teams of content/workshops/ehr-go-live";
                problems.push(problem(path, line, &one_line(error.message()), try_this));
            }
        }
    }
    case.teams.sort_by(|a, b| a.id.cmp(&b.id));
    rules::check(folder, &case, text, &mut problems);
    teams::check(&case, &mut problems);
    problems.sort();
    Checked { value: Some(case), problems }
}

fn hopeless(line: u32, what: &str, try_this: &str) -> Checked {
    Checked { value: None, problems: vec![problem(CASE_FILE, line, what, try_this)] }
}

pub(super) fn problem(file: &str, line: u32, what: &str, try_this: &str) -> Problem {
    Problem { file: file.to_owned(), line, what: what.to_owned(), try_this: try_this.to_owned() }
}

pub(super) fn line_at(text: &str, offset: usize) -> u32 {
    let before = text.get(..offset).unwrap_or(text);
    u32::try_from(before.matches('\n').count()).unwrap_or(u32::MAX).saturating_add(1)
}

pub(super) fn one_line(message: &str) -> String {
    message.lines().collect::<Vec<_>>().join("; ")
}
