//! The scenarios among the content.

use std::sync::OnceLock;

use scenarios::model::Scenario;
use scenarios::read::SCENARIO_FILE;
use training::content::SourceFile;
use training::problem::{Place, Problem};

use super::network::network;
use crate::content;

/// The folder of scenarios in the content.
const FOLDER: &str = "scenarios/";

/// The scenarios this program was built with; a test holds that they are without mistakes.
pub fn shelf() -> &'static [Scenario] {
    static SHELF: OnceLock<Vec<Scenario>> = OnceLock::new();
    SHELF.get_or_init(|| content::files(None).map(|files| check_scenarios(&files).0).unwrap_or_default())
}

/// A scenario by its slug.
pub fn scenario(id: &str) -> Option<&'static Scenario> {
    shelf().iter().find(|scenario| scenario.id == id)
}

/// The scenarios among these files (`scenarios/ID/…`), and everything that is wrong with them.
pub fn check_scenarios(files: &[SourceFile]) -> (Vec<Scenario>, Vec<Problem>) {
    let (folders, mut problems) = content::folders(files, FOLDER);
    let mut found = Vec::new();
    for (folder, files) in folders {
        let checked = scenarios::read::scenario(folder, &files);
        problems.extend(checked.value.iter().flat_map(|scenario| nowhere(scenario, folder, &files)));
        found.extend(checked.value);
        problems.extend(checked.problems.into_iter().map(|problem| {
            let file = format!("{FOLDER}{folder}/{}", problem.file);
            Place { file, line: problem.line, column: 1 }.problem(problem.what, problem.try_this)
        }));
    }
    (found, problems)
}

/// Commands whose machine does not stand in the network.
fn nowhere(scenario: &Scenario, folder: &str, files: &[(&str, &str)]) -> Vec<Problem> {
    let text = files.iter().find(|(path, _)| *path == SCENARIO_FILE).map_or("", |(_, text)| text);
    let stands = |host: &str| network().hosts.iter().any(|one| one.id == host);
    let lost = scenario.commands.iter().filter(|one| one.place.host().is_some_and(|host| !stands(host)));
    lost.map(|command| {
        let declared = format!("id = \"{}\"", command.id);
        let line = text.lines().position(|line| line.trim() == declared).unwrap_or(0);
        let line = u32::try_from(line).unwrap_or(0) + 1;
        Place { file: format!("{FOLDER}{folder}/{SCENARIO_FILE}"), line, column: 1 }.problem(
            format!("there is no machine for the place '{}'", command.place),
            "take the id of a host in content/hospitals/default.network.toml",
        )
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scenarios_hold_no_mistake() {
        let (found, problems) = check_scenarios(&content::files(None).unwrap());
        assert!(problems.is_empty(), "{problems:#?}");
        assert!(!found.is_empty());
    }

    #[test]
    fn a_command_at_a_machine_that_does_not_stand_is_told() {
        let mut files = content::files(None).unwrap();
        let file = files.iter_mut().find(|file| file.path.ends_with("engine-dies/scenario.md")).unwrap();
        let text = String::from_utf8(file.bytes.clone()).unwrap();
        file.bytes = text.replacen("host:host-engine", "host:host-moon", 1).into();
        let problems = check_scenarios(&files).1;
        assert_eq!(problems.len(), 1, "{problems:#?}");
        assert!(problems[0].what.contains("'host:host-moon'"), "{problems:#?}");
    }

    #[test]
    fn the_networks_hold_no_mistake() {
        let problems = super::super::network::check_networks(&content::files(None).unwrap());
        assert!(problems.is_empty(), "{problems:#?}");
    }
}
