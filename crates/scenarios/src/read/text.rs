use super::rules;
use crate::model::{Scenario, Script};

/// The file of a scenario in its folder; its scripts lie beside it, in `scripts`.
pub const SCENARIO_FILE: &str = "scenario.md";

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, in the scenario's folder.
    pub file: String,
    /// The line, counted from 1.
    pub line: u32,
    /// What is wrong, as a sentence fragment.
    pub what: String,
    /// What to try, as a sentence fragment.
    pub try_this: String,
}

/// A scenario, and everything that is wrong with its files.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// The scenario, if it could be read at all.
    pub value: Option<Scenario>,
    /// All problems, by file and line.
    pub problems: Vec<Problem>,
}

/// Reads the files of a scenario's folder, each as its path in there and its text.
#[must_use]
pub fn scenario(folder: &str, files: &[(&str, &str)]) -> Checked {
    let say = |file: &str, line, what: String, try_this: &str| Problem {
        file: file.to_owned(),
        line,
        what,
        try_this: try_this.to_owned(),
    };
    let mut problems = Vec::new();
    let main = files.iter().find(|(path, _)| *path == SCENARIO_FILE);
    let Some((_, text)) = main else {
        let what = "this scenario has no scenario.md".to_owned();
        let missing = say(SCENARIO_FILE, 1, what, "see content/scenarios/engine-dies");
        return Checked { value: None, problems: vec![missing] };
    };
    let Some((front, briefing)) = front_matter(text) else {
        let what = "there is no front matter".to_owned();
        let missing = say(SCENARIO_FILE, 1, what, "put TOML between two lines +++ at the top of the file");
        return Checked { value: None, problems: vec![missing] };
    };
    let mut scenario: Scenario = match toml::from_str(front) {
        Ok(scenario) => scenario,
        Err(error) => {
            // The front matter begins on the second line of the file.
            let line = error.span().map_or(1, |span| line_at(front, span.start)) + 1;
            let what = one_line(error.message());
            let wrong = say(SCENARIO_FILE, line, what, "see the same entry in content/scenarios/engine-dies");
            return Checked { value: None, problems: vec![wrong] };
        }
    };
    scenario.briefing = briefing.trim().to_owned();
    for (path, text) in files {
        let Some(id) = path.strip_prefix("scripts/").and_then(|name| name.strip_suffix(".toml")) else {
            continue;
        };
        match toml::from_str::<Script>(text) {
            Ok(script) => scenario.scripts.push(Script { id: id.to_owned(), ..script }),
            Err(error) => {
                let line = error.span().map_or(1, |span| line_at(text, span.start));
                let what = one_line(error.message());
                problems.push(say(path, line, what, "see the scripts of content/scenarios/engine-dies"));
            }
        }
    }
    scenario.scripts.sort_by(|a, b| a.id.cmp(&b.id));
    rules::check(folder, &scenario, text, &mut problems);
    problems.sort();
    Checked { value: Some(scenario), problems }
}

fn front_matter(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix("+++\n")?.split_once("\n+++\n")
}

fn line_at(text: &str, offset: usize) -> u32 {
    let before = text.get(..offset).unwrap_or(text);
    u32::try_from(before.matches('\n').count()).unwrap_or(u32::MAX).saturating_add(1)
}

fn one_line(message: &str) -> String {
    message.lines().collect::<Vec<_>>().join("; ")
}
