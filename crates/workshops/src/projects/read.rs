use scenarios::read::Problem;

use super::model::Project;
use super::rules;
use super::team::Team;

/// The file of a project in its folder. Its briefs lie in `briefs`, the teams that prove it in `teams`.
pub const PROJECT_FILE: &str = "project.toml";
/// What must be true of the team's hospital, milestone by milestone, in the words of a lab's steps and checks.
pub const CHECKS_FILE: &str = "checks.toml";
/// The folder of what the proving teams do in the hospital, in the words of a lab's scripts.
pub const DEEDS: &str = "deeds/";

const EXAMPLE: &str = "see the same in content/projects/outreach-clinic";

/// A project, and everything that is wrong with its files.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// The project, if it could be read at all.
    pub value: Option<Project>,
    /// All problems, by file and line.
    pub problems: Vec<Problem>,
}

/// Reads the files of a project's folder, each as its path in there and its text. `checks` are the slugs of a milestone's checks.
#[must_use]
pub fn project(folder: &str, files: &[(&str, &str)], checks: &dyn Fn(&str) -> Vec<String>) -> Checked {
    let find = |name: &str| files.iter().find(|(path, _)| *path == name).map(|(_, text)| *text);
    let mut problems = Vec::new();
    let Some(text) = find(PROJECT_FILE) else {
        problems.push(problem(PROJECT_FILE, 1, "this project has no project.toml", EXAMPLE));
        return Checked { value: None, problems };
    };
    let mut project: Project = match toml::from_str(text) {
        Ok(project) => project,
        Err(error) => {
            problems.push(broken(PROJECT_FILE, text, &error));
            return Checked { value: None, problems };
        }
    };
    let mut page = |path: &str| match find(path).map(str::trim) {
        Some(text) if !text.is_empty() => text.to_owned(),
        _ => {
            problems.push(problem(path, 1, "there is nothing in it", "write it, in Markdown"));
            String::new()
        }
    };
    (project.brief, project.guide) = (page("brief.md"), page("instructor.md"));
    for milestone in &mut project.milestones {
        milestone.brief = page(&format!("briefs/{}.md", milestone.id));
        milestone.checks = checks(&milestone.id);
    }
    for (path, text) in files {
        let Some(id) = path.strip_prefix("teams/").and_then(|name| name.strip_suffix(".toml")) else {
            continue;
        };
        match toml::from_str::<Team>(text) {
            Ok(team) => project.teams.push(Team { id: id.to_owned(), ..team }),
            Err(error) => problems.push(broken(path, text, &error)),
        }
    }
    project.teams.sort_by(|a, b| a.id.cmp(&b.id));
    rules::check(folder, &project, text, files, &mut problems);
    problems.sort();
    Checked { value: Some(project), problems }
}

fn broken(file: &str, text: &str, error: &toml::de::Error) -> Problem {
    let offset = error.span().map_or(0, |span| span.start);
    let before = text.get(..offset).unwrap_or(text);
    let line = u32::try_from(before.matches('\n').count()).unwrap_or(u32::MAX).saturating_add(1);
    let message = error.message().lines().collect::<Vec<_>>().join("; ");
    problem(file, line, &message, EXAMPLE)
}

pub(super) fn problem(file: &str, line: u32, what: &str, try_this: &str) -> Problem {
    Problem { file: file.to_owned(), line, what: what.to_owned(), try_this: try_this.to_owned() }
}
